package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.federation.EnrolmentRequest;
import allmende.app.federation.Hub;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.NewAccount;
import allmende.app.identity.Role;
import allmende.app.site.DataFolder;
import allmende.app.site.Settings;
import allmende.app.site.SiteLocation;
import allmende.core.fhir.FhirJson;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.Loader;
import allmende.engine.store.SideTables;
import allmende.engine.store.Store;
import allmende.engine.store.Stores;
import allmende.synth.Format;
import allmende.synth.SyntheticHospital;
import allmende.synth.profile.HospitalProfiles;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A portal and a site as processes of their own, killed around the moment of a question, in one round with their databases.
 * However it went, each question that was accepted is answered once, shown once and charged once. More rounds than in the
 * build: {@code -Dallmende.kill.rounds=30}, another course of events: {@code -Dallmende.kill.seed=2}.
 */
final class KillTest {

    private static final int ROUNDS = Integer.getInteger("allmende.kill.rounds", 3);
    private static final long SEED = Long.getLong("allmende.kill.seed", 1);
    private static final int LATEST_KILL_MILLIS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String RESEARCHER = "forschung";
    private static final String PASSWORD = "correct horse battery staple";

    private final Path folder = Hospital.temporary("allmende-kill");
    private final SiteLocation portal = SiteLocation.embedded(folder.resolve("portal"));
    private final SiteLocation site = SiteLocation.embedded(folder.resolve("site"));
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Random random = new Random(SEED);
    private final List<String> asked = new ArrayList<>();
    private int port;
    private Process portalProcess;
    private Process siteProcess;

    @Test
    void aQuestionOutlivesTheKillingOfAnybody() throws Exception {
        port = freePort();
        fillSite();
        joinSite();
        for (int round = 0; round < ROUNDS; round++) {
            boolean portalEnds = round % 3 != 1;
            boolean siteEnds = round % 3 != 0;
            boolean databasesToo = round % 3 == 2;
            int delay = random.nextInt(LATEST_KILL_MILLIS);
            Thread killer = Thread.ofPlatform().start(() -> kill(delay, portalEnds, siteEnds, databasesToo));
            String question = ask(round);
            killer.join();
            startAgain(portalEnds, siteEnds);
            asked.add(question != null ? question : askUntilAccepted(round));
            await(asked.getLast());
        }
        stop();
        check();
    }

    private void kill(int delay, boolean portalEnds, boolean siteEnds, boolean databasesToo) {
        try {
            Thread.sleep(delay);
            if (portalEnds) {
                kill(portalProcess, portal, databasesToo);
            }
            if (siteEnds) {
                kill(siteProcess, site, databasesToo);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void kill(Process process, SiteLocation party, boolean databaseToo)
            throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        if (databaseToo) {
            for (Path pid : Files.find(party.data(), 4, (path, kind) -> path.endsWith("postmaster.pid"))
                    .toList()) {
                long number = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
                ProcessHandle.of(number).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private void startAgain(boolean portalEnded, boolean siteEnded) throws IOException {
        if (portalEnded) {
            portalProcess = start("portal", portal, port);
        }
        if (siteEnded) {
            siteProcess = start("site", site, 0);
        }
    }

    private void fillSite() throws IOException {
        Path files = DataFolder.prepare(folder.resolve("files"));
        new SyntheticHospital(HospitalProfiles.MORGENFURT.withPatients(60))
                .writeTo(files, Format.BUNDLES, written -> {});
        DataFolder.prepare(site.data());
        try (Store store = Stores.open(site.store())) {
            new Loader(store).load(List.of(files), LoadProgress.NONE);
        }
    }

    private void joinSite() throws Exception {
        DataFolder.prepare(portal.data());
        Files.writeString(portal.data().resolve("portal-rules.json"), """
                {"totalHiddenBelow": 0, "breakdownFromSites": 1, "questionsPerMinute": 1000, "questionsPerWeek": 100000}
                """);
        Settings settings = Settings.read(portal.data());
        try (PortalServer server =
                PortalServer.start(new PortalOptions(portal, Door.loopback(port), "Portal", settings))) {
            server.bean(AccountDesk.class)
                    .ensure(
                            new NewAccount(
                                    RESEARCHER, "Rike", "rike@example.org", "Universität", Set.of(Role.RESEARCHER)),
                            PASSWORD);
            Files.writeString(site.data().resolve(Settings.FILE), """
                    name = Kiel
                    portal = %s
                    portal-fingerprint = %s
                    """.formatted(server.url(), server.fingerprint()));
            siteProcess = start("site", site, 0);
            Hub hub = server.bean(Hub.class);
            while (hub.requests().isEmpty()) {
                assertThat(siteProcess.isAlive()).as(log("site")).isTrue();
                Thread.sleep(50);
            }
            for (EnrolmentRequest request : hub.requests()) {
                hub.accept(request.id(), "admin");
            }
        }
        portalProcess = start("portal", portal, port);
        askUntilListening();
    }

    private void askUntilListening() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (send("GET", "/actuator/health/readiness", "") == null) {
            assertThat(System.nanoTime()).as(log("portal")).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private Process start(String command, SiteLocation party, int at) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "allmende.app.Allmende",
                        command,
                        "--data",
                        party.data().toString(),
                        "--port",
                        Integer.toString(at))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(command + ".log").toFile()))
                .start();
    }

    private String log(String command) {
        try {
            return Files.readString(folder.resolve(command + ".log"));
        } catch (IOException e) {
            return "no log";
        }
    }

    /** Asks something that nobody asked before; null if no answer came, when nobody knows whether it was accepted. */
    private String ask(int number) throws InterruptedException {
        HttpResponse<String> made =
                send("POST", "/api/v5/query/feasibility", """
                {"version": "2", "inclusionCriteria": [[{
                  "context": {"system": "fdpg.mii.cds", "code": "Vitaldaten", "display": "Vital signs"},
                  "termCodes": [{"system": "http://loinc.org", "code": "8480-6", "display": "Systolic"}],
                  "valueFilter": {"type": "quantity-comparator", "comparator": "ge", "value": %d,
                                  "unit": {"code": "mm[Hg]", "display": "mmHg"}}}]]}
                """.formatted(20 + asked.size() * 7 + number));
        if (made == null) {
            return null;
        }
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = made.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String askUntilAccepted(int round) throws InterruptedException {
        askUntilListening();
        String question = ask(1_000 + round);
        assertThat(question).as(log("portal")).isNotNull();
        return question;
    }

    /** Waits until the site's answer is shown, once and for good. */
    private void await(String question) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> result = send("GET", "/api/questions/" + question + "/asks/1", "");
            if (result != null && result.statusCode() == 200) {
                JsonNode sites = FhirJson.parse(result.body().getBytes(StandardCharsets.UTF_8))
                        .path("sites");
                assertThat(sites.size()).isEqualTo(1);
                if (!sites.path(0).path("kind").asString("pending").equals("pending")) {
                    return;
                }
            }
            assertThat(System.nanoTime())
                    .as("%s%n%s%n%s", result == null ? "" : result.body(), log("portal"), log("site"))
                    .isLessThan(end);
            Thread.sleep(100);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws InterruptedException {
        String login =
                Base64.getEncoder().encodeToString((RESEARCHER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }

    /** What the databases say when all is over, also of questions whose acceptance nobody heard of. */
    private void check() {
        long asks;
        try (SideTables tables = Stores.openBeside(portal.store(), "portal", "allmende/portal/migration")) {
            asks = count(tables, "select count(*) from ask");
            assertThat(asks).isBetween((long) asked.size(), 2L * ROUNDS);
            assertThat(count(tables, "select count(*) from ask where task is null"))
                    .isZero();
            assertThat(count(tables, "select count(*) from answer where kind = 'COMPLETED'"))
                    .isEqualTo(asks);
        }
        try (SideTables tables = Stores.openBeside(portal.store(), "federation", "allmende/federation/migration")) {
            assertThat(count(tables, "select count(*) from question")).isEqualTo(asks);
            assertThat(count(tables, "select count(*) from delivery where state = 'TAKEN'"))
                    .isEqualTo(asks);
        }
        try (SideTables tables = Stores.openBeside(site.store(), "federation", "allmende/federation/migration")) {
            assertThat(count(tables, "select count(*) from task where state = 'DONE'"))
                    .isEqualTo(asks);
        }
        try (SideTables tables = Stores.openBeside(site.store(), "release", "allmende/release/migration")) {
            assertThat(count(tables, "select count(*) from ledger where micro > 0"))
                    .isEqualTo(asks);
            assertThat(count(tables, "select count(distinct question) from ledger"))
                    .isEqualTo(asks);
        }
    }

    private static long count(SideTables tables, String sql) {
        return JdbcClient.create(tables.dataSource()).sql(sql).query(Long.class).single();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void stop() throws InterruptedException {
        for (Process process : List.of(siteProcess, portalProcess)) {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        client.close();
        if (siteProcess != null && siteProcess.isAlive()) {
            kill(siteProcess, site, true);
        }
        if (portalProcess != null && portalProcess.isAlive()) {
            kill(portalProcess, portal, true);
        }
    }
}
