package allmende.app.federation.setup;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.Hub;
import allmende.app.federation.exchange.PostgresStore;
import allmende.app.federation.exchange.Self;
import allmende.app.federation.hub.AnyCertificate;
import allmende.app.federation.hub.Certificates;
import allmende.app.federation.hub.FederationServlet;
import allmende.app.federation.hub.HubService;
import allmende.app.federation.trust.Es256;
import allmende.app.federation.trust.KeyFile;
import allmende.engine.store.SideTables;
import java.time.Clock;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A portal's side of the federation: the {@link Hub} and the endpoints {@code /federation/**} with a security chain of their
 * own.
 *
 * <p>Needs two beans: {@link FederationOptions}, and under the name {@code federationTables} the {@link SideTables} of schema
 * {@code federation} (migrations in {@code allmende/federation/migration}). A {@link Clock} is used where there is one.
 */
@Configuration(proxyBeanMethods = false)
public class HubConfiguration {

    @Bean
    HubService hub(
            FederationOptions options,
            @Qualifier("federationTables") SideTables federationTables,
            ObjectProvider<Clock> clock) {
        Self self = new Self(options.id(), options.name(), KeyFile.in(options.data()), Es256::read);
        return new HubService(
                self, new PostgresStore(federationTables.dataSource()), clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    ServletRegistrationBean<FederationServlet> federationServlet(
            HubService hub, FederationOptions options, ObjectProvider<Clock> clock) {
        Clock time = clock.getIfUnique(Clock::systemUTC);
        FederationServlet servlet =
                new FederationServlet(hub, new Certificates(options.clientCertificateHeader(), time), time);
        ServletRegistrationBean<FederationServlet> registration =
                new ServletRegistrationBean<>(servlet, "/federation/*");
        registration.setName("federation");
        return registration;
    }

    /** Asks for client certificates without insisting: sites may pin one, browsers have none. Nothing without TLS. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> clientCertificates() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            for (SSLHostConfig tls : connector.findSslHostConfigs()) {
                tls.setCertificateVerification("optional");
                tls.setTrustManagerClassName(AnyCertificate.class.getName());
            }
        });
    }

    /** Every message proves by its own signature who sent it: no login, no session, no cookie that could be abused. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain federationSecurity(HttpSecurity http) {
        http.securityMatcher("/federation/**")
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        return http.build();
    }
}
