package allmende.app.workbench;

import org.springframework.context.annotation.Configuration;

/** The researcher's pages. */
@Configuration(proxyBeanMethods = false)
public class WorkbenchConfiguration {}
