package allmende.app.workbench;

import allmende.app.Hospital;
import allmende.app.audit.AuditConfiguration;
import allmende.app.concepts.ConceptsConfiguration;
import allmende.app.identity.Access;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.LocalToken;
import allmende.app.identity.LocalUsers;
import allmende.app.identity.NewAccount;
import allmende.app.identity.PortalIdentityConfiguration;
import allmende.app.identity.Role;
import allmende.app.portal.FakeHub;
import allmende.app.portal.PortalConfiguration;
import allmende.app.web.LayoutConfiguration;
import allmende.core.cohort.Catalogues;
import allmende.core.disclosure.PortalRules;
import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import allmende.engine.terminology.GermanTerminology;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A portal with the workbench and a fake federation. */
final class Workplace implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";

    final FakeHub hub = new FakeHub();
    final ConfigurableApplicationContext context;
    final String url;
    private final SideTables portal;
    private final SideTables concepts;

    private Workplace(Path folder) {
        StoreLocation store = new StoreLocation.Embedded(folder, "portal");
        portal = Stores.openBeside(store, "portal", "allmende/portal/migration");
        concepts = Stores.openBeside(store, "concepts", "allmende/concepts/migration");
        Map<String, Object> beans = Map.of(
                "hub",
                hub,
                "access",
                Access.LOGIN,
                "portalTables",
                portal,
                "conceptsTables",
                concepts,
                "storeLocation",
                store,
                "localToken",
                LocalToken.fresh(),
                "localUsers",
                new LocalUsers(folder.resolve("users")),
                "terminology",
                GermanTerminology.load(folder),
                "catalogue",
                Catalogues.shipped(),
                "conceptsFolder",
                new ConceptsConfiguration.ConceptsFolder(folder.resolve("concepts")));
        context = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(
                        Map.of("server.address", "127.0.0.1", "server.port", Integer.getInteger("workplace.port", 0)))
                .initializers(fresh -> beans.forEach(fresh.getBeanFactory()::registerSingleton))
                .run();
        url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
        AccountDesk desk = context.getBean(AccountDesk.class);
        desk.ensure(new NewAccount("ada", "Ada Lovelace", "", "Charité", Set.of(Role.RESEARCHER)), PASSWORD);
        desk.ensure(new NewAccount("ben", "Ben Newcomer", "", "", Set.of(Role.RESEARCHER)), PASSWORD);
    }

    private static @Nullable Workplace shared;

    /** One for all tests, with sites that have their stories; it is gone when they have ended. */
    static synchronized Workplace shared() {
        Workplace known = shared;
        if (known == null) {
            known = open();
            SiteStories.tell(known.hub);
            shared = known;
            Runtime.getRuntime().addShutdownHook(new Thread(known::close));
        }
        return known;
    }

    static Workplace open() {
        return new Workplace(Hospital.temporary("allmende-workplace"));
    }

    @Override
    public void close() {
        context.close();
        portal.close();
        concepts.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        AuditConfiguration.class,
        PortalIdentityConfiguration.class,
        LayoutConfiguration.class,
        PortalConfiguration.class,
        ConceptsConfiguration.class,
        WorkbenchConfiguration.class
    })
    static class Parts {

        /** As usual, but tests may ask faster than people. */
        @Bean
        PortalRules portalRules() {
            return new PortalRules(
                    PortalRules.DEFAULT.totalHiddenBelow(), PortalRules.DEFAULT.breakdownFromSites(), 100, 500);
        }

        @Bean
        HealthIndicator indexHealthIndicator() {
            return () -> Health.up().build();
        }
    }

    /** To look at the pages by hand. */
    public static void main(String[] arguments) throws InterruptedException {
        Workplace place = open();
        SiteStories.tell(place.hub);
        System.out.println(place.url);
        Thread.currentThread().join();
    }
}
