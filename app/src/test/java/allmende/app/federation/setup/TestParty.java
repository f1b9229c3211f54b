package allmende.app.federation.setup;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.Hub;
import allmende.app.federation.Outpost;
import allmende.app.federation.PartyId;
import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A portal or a site of a test: a Spring context with a folder and a database of its own. */
final class TestParty implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final SideTables tables;

    private TestParty(ConfigurableApplicationContext context, SideTables tables) {
        this.context = context;
        this.tables = tables;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(HubConfiguration.class)
    static class Portal {}

    @Configuration(proxyBeanMethods = false)
    @Import(OutpostConfiguration.class)
    static class Site {}

    static TestParty portal(Path root, int port, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("server.address", "127.0.0.1");
        all.put("server.port", port);
        all.put("management.endpoint.health.validate-group-membership", false);
        return start(
                root,
                FederationOptions.portal(root.resolve("portal"), new PartyId("portal"), "The portal"),
                Portal.class,
                all);
    }

    static TestParty site(Path root, String name, FederationOptions.Link link) {
        return start(
                root,
                FederationOptions.site(root.resolve(name), new PartyId(name), "Site " + name, link),
                Site.class,
                Map.of());
    }

    private static TestParty start(
            Path root, FederationOptions options, Class<?> configuration, Map<String, Object> properties) {
        SideTables tables = Stores.openBeside(
                new StoreLocation.Embedded(
                        TestDatabase.folder(),
                        root.getFileName().toString().replaceAll("[^a-z0-9]", "_") + "_"
                                + options.id().value()),
                "federation",
                "allmende/federation/migration");
        try {
            ConfigurableApplicationContext context = new SpringApplicationBuilder(configuration)
                    .web(configuration == Portal.class ? WebApplicationType.SERVLET : WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .properties(properties)
                    .initializers(fresh -> {
                        fresh.getBeanFactory().registerSingleton("federationOptions", options);
                        fresh.getBeanFactory().registerSingleton("federationTables", tables);
                    })
                    .run();
            return new TestParty(context, tables);
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    URI url(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + port());
    }

    Hub hub() {
        return context.getBean(Hub.class);
    }

    Outpost outpost() {
        return context.getBean(Outpost.class);
    }

    SideTables tables() {
        return tables;
    }

    @Override
    public void close() {
        context.close();
        tables.close();
    }
}
