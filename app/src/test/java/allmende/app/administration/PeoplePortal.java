package allmende.app.administration;

import allmende.app.Hospital;
import allmende.app.audit.AuditConfiguration;
import allmende.app.audit.AuditLog;
import allmende.app.audit.IdentityTables;
import allmende.app.identity.Access;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.Accounts;
import allmende.app.identity.LocalToken;
import allmende.app.identity.LocalUsers;
import allmende.app.identity.NewAccount;
import allmende.app.identity.OidcProvider;
import allmende.app.identity.Party;
import allmende.app.identity.PortalIdentityConfiguration;
import allmende.app.identity.Role;
import allmende.app.identity.Sessions;
import allmende.app.web.LayoutConfiguration;
import allmende.engine.store.StoreLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A portal with people and parties and nothing else, on a free port. */
public final class PeoplePortal implements AutoCloseable {

    public static final String PASSWORD = "Gemeingut macht schlau";

    private final ConfigurableApplicationContext context;
    private final FakeHub hub;

    private PeoplePortal(ConfigurableApplicationContext context, FakeHub hub) {
        this.context = context;
        this.hub = hub;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        AuditConfiguration.class,
        PortalIdentityConfiguration.class,
        LayoutConfiguration.class,
        PortalPagesConfiguration.class,
        Program.class
    })
    static class Parts {}

    /** Stands for what other modules offer to programs and to researchers. */
    @RestController
    static class Program {

        private final Accounts accounts;

        Program(Accounts accounts) {
            this.accounts = accounts;
        }

        @GetMapping("/api/whoami")
        String name() {
            return accounts.current().name();
        }

        @GetMapping(path = "/workbench", produces = "text/html")
        String workbench() {
            return "<!doctype html><html lang=en><title>W</title><link rel=icon href='data:,'><h1>"
                    + accounts.current().name() + "</h1>";
        }

        @GetMapping("/start/broken")
        String broken() {
            throw new IllegalStateException("secret words");
        }
    }

    /** Starts one with four people: ada researches, kim coordinates, alex administers, noa waits to be confirmed. */
    public static PeoplePortal start(@Nullable OidcProvider provider) {
        Path data = Hospital.temporary("allmende-people");
        FakeHub hub = new FakeHub();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Parts.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(Map.of(
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        "0",
                        "server.servlet.session.cookie.name",
                        "allmende-people",
                        "management.endpoint.health.validate-group-membership",
                        "false"))
                .initializers(fresh -> {
                    var beans = fresh.getBeanFactory();
                    beans.registerSingleton("storeLocation", new StoreLocation.Embedded(data));
                    beans.registerSingleton("access", Access.LOGIN);
                    beans.registerSingleton("localToken", LocalToken.fresh());
                    beans.registerSingleton("localUsers", new LocalUsers(data.resolve("users.json")));
                    beans.registerSingleton("party", new Party(Party.Kind.PORTAL, "Portal der Prüfung", null));
                    beans.registerSingleton("hub", hub);
                    beans.registerSingleton("guide", guide());
                    if (provider != null) {
                        beans.registerSingleton("oidcProvider", provider);
                    }
                })
                .run();
        PeoplePortal portal = new PeoplePortal(context, hub);
        portal.settle();
        return portal;
    }

    private void settle() {
        AccountDesk desk = desk();
        desk.ensure(person("ada", "Dr. Ada Forschung", "Uni Morgenfurt", Role.RESEARCHER), PASSWORD);
        desk.ensure(person("kim", "Kim Koordination", "", Role.COORDINATION), PASSWORD);
        desk.ensure(person("alex", "Alex Verwaltung", "", Role.ADMIN), PASSWORD);
        long noa = desk.ensure(person("noa", "Noa Neuling", "", Role.RESEARCHER), PASSWORD)
                .id();
        desk.setAffiliation(noa, "Hochschule Silbertann");
    }

    private static NewAccount person(String name, String displayName, String affiliation, Role role) {
        return new NewAccount(name, displayName, name + "@allmende.example", affiliation, Set.of(role));
    }

    private static DemoGuide guide() {
        return new DemoGuide(
                List.of(new DemoGuide.ReadyAccount(
                        "ada",
                        PASSWORD,
                        new Wording("Researcher", "Forschung"),
                        new Wording("Build a question.", "Stellen Sie eine Frage zusammen."),
                        "/login")),
                List.of(new DemoGuide.Step(
                        new Wording("Build a question", "Eine Frage zusammenstellen"),
                        new Wording("Choose concepts.", "Wählen Sie Begriffe."),
                        "/workbench",
                        "ada")));
    }

    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    public FakeHub hub() {
        return hub;
    }

    public AccountDesk desk() {
        return context.getBean(AccountDesk.class);
    }

    public Accounts accounts() {
        return context.getBean(Accounts.class);
    }

    /** Ends all sessions of an account, as an administrator or time would. */
    void endSessions(String name) {
        context.getBean(Sessions.class).endAll(name);
    }

    public AuditLog audit() {
        return context.getBean(AuditLog.class);
    }

    public IdentityTables tables() {
        return context.getBean(IdentityTables.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
