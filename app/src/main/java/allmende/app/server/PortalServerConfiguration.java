package allmende.app.server;

import allmende.app.audit.AuditConfiguration;
import allmende.app.identity.PortalIdentityConfiguration;
import allmende.app.web.LayoutConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Names what a portal is made of; nothing is found by scanning. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({AuditConfiguration.class, PortalIdentityConfiguration.class, LayoutConfiguration.class})
class PortalServerConfiguration {

    /** Part of the readiness probe: a portal has no index; it is ready when it listens. */
    @Bean
    HealthIndicator indexHealthIndicator() {
        return () -> Health.up().build();
    }
}
