package allmende.app.federation.setup;

import org.springframework.context.annotation.Configuration;

/**
 * A site's side of the federation: the {@link allmende.app.federation.Outpost}, which begins to call the portal when the
 * context has started and ends with it.
 *
 * <p>Needs two beans: {@link allmende.app.federation.FederationOptions} with a link, and under the name
 * {@code federationTables} the {@link allmende.engine.store.SideTables} of schema {@code federation} (migrations in
 * {@code allmende/federation/migration}). A {@link java.time.Clock} is used where there is one.
 */
@Configuration(proxyBeanMethods = false)
public class OutpostConfiguration {}
