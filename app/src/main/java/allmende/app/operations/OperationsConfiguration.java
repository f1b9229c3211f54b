package allmende.app.operations;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Operations over HTTP. Bean wanted: {@link allmende.app.site.Site}. */
@Configuration(proxyBeanMethods = false)
@Import(OperationsController.class)
public class OperationsConfiguration {}
