package allmende.app.consent;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The consent explorer of a site. Beans wanted: the site and its access log. */
@Configuration(proxyBeanMethods = false)
@Import(ConsentController.class)
public class ConsentConfiguration {}
