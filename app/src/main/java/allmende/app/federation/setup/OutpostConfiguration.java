package allmende.app.federation.setup;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.LinkUnusable;
import allmende.app.federation.Outpost;
import allmende.app.federation.exchange.PostgresStore;
import allmende.app.federation.exchange.Self;
import allmende.app.federation.outpost.OutpostService;
import allmende.app.federation.outpost.Tunnel;
import allmende.app.federation.policy.PolicyFile;
import allmende.app.federation.trust.Es256;
import allmende.app.federation.trust.KeyFile;
import allmende.engine.store.SideTables;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A site's side of the federation: the {@link Outpost}, which begins to call the portal when the context has started and
 * ends with it.
 *
 * <p>Needs two beans: {@link FederationOptions} with a link, and under the name {@code federationTables} the
 * {@link SideTables} of schema {@code federation} (migrations in {@code allmende/federation/migration}). A {@link Clock} is
 * used where there is one.
 */
@Configuration(proxyBeanMethods = false)
public class OutpostConfiguration {

    /**
     * Sees whether a link's settings can be followed; connects to nobody.
     *
     * @throws LinkUnusable if they can't
     */
    public static void check(FederationOptions.Link link) {
        Tunnel.open(link).close();
    }

    @Bean
    OutpostService outpost(
            FederationOptions options,
            @Qualifier("federationTables") SideTables federationTables,
            ObjectProvider<Clock> clocks) {
        FederationOptions.Link link = options.link();
        if (link == null) {
            throw new IllegalArgumentException("A site needs the address of its portal.");
        }
        Clock clock = clocks.getIfUnique(Clock::systemUTC);
        Self self = new Self(options.id(), options.name(), KeyFile.in(options.data()), Es256::read);
        return new OutpostService(
                self,
                new PostgresStore(federationTables.dataSource()),
                new PolicyFile(options.data().resolve("policy.json"), clock),
                new OutpostService.Connection(Tunnel.open(link), clock));
    }
}
