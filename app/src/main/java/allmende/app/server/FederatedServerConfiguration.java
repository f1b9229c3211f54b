package allmende.app.server;

import allmende.app.administration.SiteLedger;
import allmende.app.answering.AnsweringConfiguration;
import allmende.app.federation.setup.OutpostConfiguration;
import allmende.app.release.ReleaseConfiguration;
import allmende.app.release.ReleaseDesk;
import allmende.app.site.Site;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Names what a site is made of that takes part in a federation. */
@Configuration(proxyBeanMethods = false)
@Import({ServerConfiguration.class, OutpostConfiguration.class, ReleaseConfiguration.class, AnsweringConfiguration.class
})
class FederatedServerConfiguration {

    @Bean
    SiteLedger siteLedger(ReleaseDesk desk, Site site) {
        return new DeskLedger(desk, site.location().data().resolve("policy.json"));
    }
}
