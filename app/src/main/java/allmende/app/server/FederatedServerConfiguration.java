package allmende.app.server;

import allmende.app.answering.AnsweringConfiguration;
import allmende.app.federation.setup.OutpostConfiguration;
import allmende.app.release.ReleaseConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Names what a site is made of that takes part in a federation. */
@Configuration(proxyBeanMethods = false)
@Import({ServerConfiguration.class, OutpostConfiguration.class, ReleaseConfiguration.class, AnsweringConfiguration.class
})
class FederatedServerConfiguration {}
