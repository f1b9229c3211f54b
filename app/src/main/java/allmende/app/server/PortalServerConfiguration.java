package allmende.app.server;

import allmende.app.administration.CountryFigures;
import allmende.app.administration.PortalPagesConfiguration;
import allmende.app.audit.AuditConfiguration;
import allmende.app.concepts.ConceptSearch;
import allmende.app.concepts.ConceptsConfiguration;
import allmende.app.federation.Hub;
import allmende.app.federation.setup.HubConfiguration;
import allmende.app.identity.PortalIdentityConfiguration;
import allmende.app.portal.PortalConfiguration;
import allmende.app.portal.Publications;
import allmende.app.selection.SelectionConfiguration;
import allmende.app.site.RulesFile;
import allmende.app.web.LayoutConfiguration;
import allmende.app.workbench.WorkbenchConfiguration;
import allmende.core.disclosure.PortalRules;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Names what a portal is made of; nothing is found by scanning. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    AuditConfiguration.class,
    PortalIdentityConfiguration.class,
    LayoutConfiguration.class,
    HubConfiguration.class,
    PortalConfiguration.class,
    ConceptsConfiguration.class,
    WorkbenchConfiguration.class,
    SelectionConfiguration.class,
    PortalPagesConfiguration.class
})
class PortalServerConfiguration {

    /** Part of the readiness probe: a portal has no index; it is ready when it listens. */
    @Bean
    HealthIndicator indexHealthIndicator() {
        return () -> Health.up().build();
    }

    @Bean
    PortalRules portalRules(PortalOptions options) {
        return RulesFile.load(
                options.location().data().resolve("portal-rules.json"),
                "The portal's rules",
                PortalRules.DEFAULT.write(),
                PortalRules::read);
    }

    @Bean
    CountryFigures countryFigures(Hub hub, Publications publications) {
        return new PublishedFigures(hub, publications);
    }

    /** What sites publish tells the search how often they have a concept. */
    @Bean
    InitializingBean availabilityInSearch(Publications publications, ConceptSearch search) {
        return () -> publications.onChange(search::availability);
    }
}
