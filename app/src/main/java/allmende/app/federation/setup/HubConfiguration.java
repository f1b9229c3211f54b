package allmende.app.federation.setup;

import org.springframework.context.annotation.Configuration;

/**
 * A portal's side of the federation: the {@link allmende.app.federation.Hub} and the endpoints {@code /federation/**} with
 * a security chain of their own.
 *
 * <p>Needs two beans: {@link allmende.app.federation.FederationOptions}, and under the name {@code federationTables} the
 * {@link allmende.engine.store.SideTables} of schema {@code federation} (migrations in
 * {@code allmende/federation/migration}). A {@link java.time.Clock} is used where there is one.
 */
@Configuration(proxyBeanMethods = false)
public class HubConfiguration {}
