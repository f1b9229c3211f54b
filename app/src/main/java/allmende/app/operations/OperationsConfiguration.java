package allmende.app.operations;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Operations over HTTP. Beans wanted: {@link allmende.app.site.Site}, {@link allmende.app.audit.AccessLog}. */
@Configuration(proxyBeanMethods = false)
@Import(OperationsController.class)
public class OperationsConfiguration {}
