package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.Hospital;
import allmende.app.federation.Decided;
import allmende.app.federation.FederationOptions;
import allmende.app.federation.Hub;
import allmende.app.federation.Outpost;
import allmende.app.federation.OutpostStatus.State;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.outpost.BareCall;
import allmende.app.federation.setup.HubConfiguration;
import allmende.app.federation.setup.OutpostConfiguration;
import allmende.app.federation.trust.Call;
import allmende.app.federation.trust.KeyFile;
import allmende.app.federation.trust.SigningKey;
import allmende.app.site.SiteUnavailable;
import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
import tools.jackson.databind.json.JsonMapper;

/** The link between site and portal over real sockets: TLS with pinned certificates on both sides, HTTP/2, a proxy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecureLinkTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> PROTOCOLS = ConcurrentHashMap.newKeySet();
    private static final long STEP_MILLIS = 20;
    private static final long LONGEST_MILLIS = 40_000;

    private final Path folder = Hospital.temporary("allmende-tls");
    private final Map<String, SideTables> databases = new HashMap<>();
    private final Map<String, TaskOutcome> outcomes = new ConcurrentHashMap<>();
    private final List<ConfigurableApplicationContext> sites = new ArrayList<>();
    private Certificate shown;
    private Certificate own;
    private Certificate other;
    private Listening portal;
    private int calls;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(HubConfiguration.class)
    static class Portal {

        /** Notes over which version of HTTP the sites call. */
        @Bean
        Filter protocols() {
            return (request, response, chain) -> {
                PROTOCOLS.add(((HttpServletRequest) request).getProtocol());
                chain.doFilter(request, response);
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(OutpostConfiguration.class)
    static class Site {}

    @BeforeAll
    void open() throws IOException, InterruptedException {
        shown = Certificate.make(folder, "portal");
        own = Certificate.make(folder, "own");
        other = Certificate.make(folder, "other");
        portal = portal(shown);
        hub().onAnswer((task, site, outcome, at, late) -> outcomes.put(task, outcome));
    }

    @AfterEach
    void leave() {
        sites.forEach(ConfigurableApplicationContext::close);
        sites.clear();
    }

    @AfterAll
    void close() {
        portal.close();
        databases.values().forEach(SideTables::close);
    }

    private SideTables tables(String party) {
        return databases.computeIfAbsent(
                party,
                name -> Stores.openBeside(
                        new StoreLocation.Embedded(folder, name), "federation", "allmende/federation/migration"));
    }

    private Listening portal(Certificate certificate) {
        return Listening.start(
                Portal.class,
                certificate.door(),
                "portal",
                Map.of(
                        "federationOptions",
                        FederationOptions.portal(folder.resolve("portal"), new PartyId("portal"), "Portal"),
                        "federationTables",
                        tables("portal"),
                        "indexHealthIndicator",
                        (HealthIndicator) () -> Health.up().build()));
    }

    private Hub hub() {
        return portal.context().getBean(Hub.class);
    }

    private Outpost site(String name, String proxy, FederationOptions.Tls tls) {
        FederationOptions.Link link =
                new FederationOptions.Link(URI.create(portal.url()), hub().fingerprint(), proxy, tls);
        FederationOptions options = FederationOptions.site(folder.resolve(name), new PartyId(name), name, link);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Site.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(fresh -> {
                    fresh.getBeanFactory().registerSingleton("federationOptions", options);
                    fresh.getBeanFactory().registerSingleton("federationTables", tables(name));
                })
                .run();
        sites.add(context);
        Outpost outpost = context.getBean(Outpost.class);
        outpost.onTask(TaskKind.FEASIBILITY, task -> new TaskOutcome.Completed(task.input()));
        return outpost;
    }

    private void leave(Outpost outpost) {
        sites.removeIf(context -> {
            boolean its = context.getBean(Outpost.class) == outpost;
            if (its) {
                context.close();
            }
            return its;
        });
    }

    private void enrol(Outpost outpost) throws Exception {
        until("it asks to take part", () -> !hub().requests().isEmpty());
        assertThat(hub().accept(hub().requests().getFirst().id(), "admin")).isEqualTo(Decided.DONE);
        until("it takes part", () -> outpost.status().state() == State.ENROLLED);
    }

    private String ask(String site) {
        return hub().ask(
                        UUID.randomUUID().toString(),
                        TaskKind.FEASIBILITY,
                        JSON.createObjectNode().put("text", "Wie viele?"),
                        List.of(new PartyId(site)),
                        Instant.now().plusSeconds(60));
    }

    private void answered(String task) throws Exception {
        until("there is an answer", () -> outcomes.containsKey(task));
        assertThat(outcomes.get(task)).isInstanceOf(TaskOutcome.Completed.class);
    }

    private static void until(String what, Callable<Boolean> condition) throws Exception {
        for (long waited = 0; waited < LONGEST_MILLIS; waited += STEP_MILLIS) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(STEP_MILLIS);
        }
        throw new AssertionError("Waited in vain until " + what);
    }

    private static void hindered(Outpost site, String problem) throws Exception {
        until("the site says " + problem, () -> problem.equals(site.status().problem()));
        assertThat(site.status().connected()).isFalse();
    }

    @Test
    void bothSidesPinEachOthersCertificate() throws Exception {
        Outpost kiel = site("kiel", null, shown.pinnedShowing(own));
        enrol(kiel);
        answered(ask("kiel"));
        leave(kiel);

        String waiting = ask("kiel");
        SigningKey stolen = KeyFile.in(folder.resolve("kiel"));
        String run =
                JSON.readTree(callAs(stolen, "", shown.pinned())).path("run").asString();
        assertThat(callAs(stolen, run, shown.pinned())).contains("WRONG_CERTIFICATE");
        assertThat(callAs(stolen, run, shown.pinnedShowing(other))).contains("WRONG_CERTIFICATE");
        assertThat(callAs(stolen, run, shown.pinnedShowing(own))).contains("jws");

        Outpost thief = site("kiel", null, shown.pinnedShowing(other));
        until("the portal's administrator sees who asks", () -> hub().requests().size() == 1);
        assertThat(thief.status().state()).isEqualTo(State.REQUESTED);
        assertThat(hub().refuse(hub().requests().getFirst().id(), "admin")).isEqualTo(Decided.DONE);
        leave(thief);
        assertThat(outcomes).doesNotContainKey(waiting);

        site("kiel", null, shown.pinnedShowing(own));
        answered(waiting);
        assertThat(PROTOCOLS).containsExactly("HTTP/2.0");
    }

    /** A call of this site with its key, by somebody who shows this certificate. */
    private String callAs(SigningKey key, String run, FederationOptions.Tls tls) throws Exception {
        Instant now = Instant.now();
        // Later than all calls of the site itself.
        long count = now.plusSeconds(1).toEpochMilli() + ++calls;
        Call call = new Call(new PartyId("kiel"), new PartyId("portal"), 0, 0, false, run, count, now);
        return BareCall.send(new FederationOptions.Link(URI.create(portal.url()), null, null, tls), call.seal(key));
    }

    /** A certificate that ran out is not shown, as far as the portal is concerned. */
    @Test
    void aPortalRefusesAClientCertificateThatIsOutOfDate() throws Exception {
        Certificate outdated = Certificate.make(folder, "outdated", "-2y");
        Outpost mainz = site("mainz", null, shown.pinnedShowing(outdated));
        until("it asks to take part", () -> !hub().requests().isEmpty());
        hub().accept(hub().requests().getFirst().id(), "admin");
        hindered(mainz, "WRONG_CERTIFICATE");
    }

    @Test
    void aSiteRefusesAPortalWithAnotherCertificate() throws Exception {
        Outpost pinned = site("ulm", null, other.pinned());
        hindered(pinned, "CERTIFICATE");
        leave(pinned);
        Outpost trusting = site("ulm", null, FederationOptions.Tls.DEFAULT);
        hindered(trusting, "CERTIFICATE_UNKNOWN");
        leave(trusting);
        assertThat(hub().requests()).isEmpty();
        assertThat(pinned.status().state()).isEqualTo(State.NEW);

        Certificate old = Certificate.make(folder, "old", "-2y");
        Listening portalInForce = portal;
        try (Listening outdated = portal(old)) {
            portal = outdated;
            hindered(site("ulm", null, old.pinned()), "CERTIFICATE_DATE");
        } finally {
            portal = portalInForce;
        }
    }

    @Test
    void aSiteCallsThroughAProxyAndComesBackWhenThatDoes() throws Exception {
        ConnectProxy proxy = ConnectProxy.start(0);
        int port = proxy.port();
        // A second thumbprint prepares a change of the portal's certificate.
        String pinned = other.thumbprint() + ", " + shown.thumbprint().toUpperCase(Locale.ROOT);
        Outpost site = site("halle", proxy.address(), new FederationOptions.Tls(pinned, null, null, null));
        enrol(site);
        answered(ask("halle"));
        assertThat(proxy.targets()).containsOnly(URI.create(portal.url()).getAuthority());

        proxy.forbid(true);
        hindered(site, "PROXY");
        proxy.forbid(false);
        String held = ask("halle");
        answered(held);

        proxy.close();
        hindered(site, "PROXY");
        String later = ask("halle");
        try (ConnectProxy again = ConnectProxy.start(port)) {
            answered(later);
            assertThat(again.targets()).containsOnly(URI.create(portal.url()).getAuthority());
            assertThat(site.status().problem()).isNull();
        }
        assertThat(PROTOCOLS).containsExactly("HTTP/2.0");
    }

    @Test
    void filesThatCantBeUsedAreNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.p12"), "no key store");
        Door wrong = new Door(Door.LOOPBACK, 0, new Door.Tls(shown.file(), "wrong"));
        assertThatThrownBy(() -> Listening.start(Portal.class, wrong, "portal", Map.of()))
                .isInstanceOf(SiteUnavailable.class)
                .hasMessageContaining("portal.p12");
        FederationOptions.Tls damaged = new FederationOptions.Tls(null, null, text, Certificate.PASSWORD);
        assertThatThrownBy(() -> federated(damaged).check())
                .isInstanceOf(SiteUnavailable.class)
                .hasMessage("The file " + text + " can't be read as PKCS #12.");
        assertThatThrownBy(() -> federated(new FederationOptions.Tls("12:34", null, null, null))
                        .check())
                .isInstanceOf(SiteUnavailable.class)
                .hasMessage("The thumbprint of the portal's certificate is none.");
        federated(shown.pinnedShowing(own)).check();
    }

    private static Federated federated(FederationOptions.Tls tls) {
        URI portal = URI.create("https://portal.example");
        return new Federated(new PartyId("ulm"), "Ulm", new FederationOptions.Link(portal, null, null, tls));
    }
}
