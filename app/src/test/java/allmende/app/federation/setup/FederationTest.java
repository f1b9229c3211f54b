package allmende.app.federation.setup;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.federation.AnswerListener;
import allmende.app.federation.Decided;
import allmende.app.federation.FederationOptions;
import allmende.app.federation.Hub;
import allmende.app.federation.Member;
import allmende.app.federation.OutpostStatus;
import allmende.app.federation.PartyId;
import allmende.app.federation.Refusal;
import allmende.app.federation.TaskKind;
import allmende.app.federation.TaskOutcome;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One portal and its sites over HTTP on the loopback, with PostgreSQL behind each. */
final class FederationTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final PartyId KIEL = new PartyId("kiel");
    private static final PartyId ULM = new PartyId("ulm");

    private Path root;

    private final List<TestParty> parties = new ArrayList<>();
    private TestParty portal;
    private Answers answers;

    /** Collects what the listener is told. */
    private static final class Answers implements AnswerListener {
        final Map<String, TaskOutcome> outcomes = new ConcurrentHashMap<>();
        final Map<String, Boolean> late = new ConcurrentHashMap<>();
        final AtomicInteger calls = new AtomicInteger();

        @Override
        public void answered(String task, PartyId site, TaskOutcome outcome, Instant at, boolean isLate) {
            outcomes.put(task + "/" + site, outcome);
            late.put(task + "/" + site, isLate);
            calls.incrementAndGet();
        }

        TaskOutcome await(String task, PartyId site) throws Exception {
            Await.until("there is an answer", () -> outcomes.containsKey(task + "/" + site));
            return outcomes.get(task + "/" + site);
        }
    }

    @BeforeEach
    void startPortal() {
        root = Hospital.temporary("f" + System.nanoTime());
        portal = TestParty.portal(root, 0, Map.of());
        answers = new Answers();
        portal.hub().onAnswer(answers);
    }

    @AfterEach
    void stop() {
        parties.reversed().forEach(TestParty::close);
        portal.close();
    }

    private TestParty site(String name) {
        FederationOptions.Link link = FederationOptions.Link.to(portal.url("http"))
                .expecting(portal.hub().fingerprint());
        TestParty site = TestParty.site(root, name, link);
        parties.add(site);
        return site;
    }

    private TestParty enrolled(String name) throws Exception {
        TestParty site = site(name);
        Await.until("the site asks to take part", () -> !portal.hub().requests().isEmpty());
        var request = portal.hub().requests().getFirst();
        assertThat(request.fingerprint()).isEqualTo(site.outpost().fingerprint());
        assertThat(portal.hub().accept(request.id(), "admin")).isEqualTo(Decided.DONE);
        Await.until("the site is connected", () -> connected(portal.hub(), new PartyId(name)));
        return site;
    }

    private static boolean connected(Hub hub, PartyId site) {
        return hub.members().stream().anyMatch(member -> member.id().equals(site) && member.connected());
    }

    private String ask(PartyId... sites) {
        return portal.hub()
                .ask(
                        UUID.randomUUID().toString(),
                        TaskKind.FEASIBILITY,
                        question(),
                        List.of(sites),
                        Instant.now().plusSeconds(60));
    }

    private static JsonNode question() {
        return JSON.readTree("{\"text\":\"Wie viele?\",\"requester\":{\"role\":\"RESEARCHER\"}}");
    }

    private static void answersWith(TestParty site, String text) {
        site.outpost()
                .onTask(
                        TaskKind.FEASIBILITY,
                        task -> new TaskOutcome.Completed(JSON.createObjectNode()
                                .put("site", text)
                                .put("echo", task.input().path("text").asString())));
    }

    @Test
    void asksSitesAndBringsTheirAnswersAndPublications() throws Exception {
        TestParty kiel = enrolled("kiel");
        TestParty ulm = enrolled("ulm");
        answersWith(kiel, "kiel");
        answersWith(ulm, "ulm");
        String task = ask(KIEL, ULM, new PartyId("nobody"));
        assertThat(answers.await(task, KIEL))
                .isEqualTo(new TaskOutcome.Completed(JSON.readTree("{\"site\":\"kiel\",\"echo\":\"Wie viele?\"}")));
        assertThat(answers.await(task, ULM)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(answers.await(task, new PartyId("nobody"))).isEqualTo(new TaskOutcome.Failed("NOT_ENROLLED"));
        assertThat(answers.late.values()).containsOnly(false);

        List<String> published = new CopyOnWriteArrayList<>();
        kiel.outpost().publish(TaskKind.STATISTICS, JSON.createObjectNode().put("patients", 42));
        portal.hub().onPublication((site, kind, content, at) -> published.add(site + " " + kind + " " + content));
        Await.until("the publication is in", () -> published.contains("kiel STATISTICS {\"patients\":42}"));
        assertThat(kiel.outpost().status().state()).isEqualTo(OutpostStatus.State.ENROLLED);
        assertThat(kiel.outpost().status().connected()).isTrue();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(root.resolve("kiel/keys/federation.jwk"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aQuestionSurvivesTheRestartOfEverybody() throws Exception {
        TestParty kiel = enrolled("kiel");
        int port = portal.port();
        parties.remove(kiel);
        kiel.close();
        String task = ask(KIEL);
        portal.close();
        portal = TestParty.portal(root, port, Map.of());
        kiel = site("kiel");
        Await.until("the site has the question", () -> rows("kiel", "task") == 1);
        parties.remove(kiel);
        kiel.close();
        kiel = site("kiel");
        answersWith(kiel, "kiel");
        Await.until("the answer is stored", () -> waitingAnswers() == 1);
        portal.close();
        portal = TestParty.portal(root, port, Map.of());
        portal.hub().onAnswer(answers);
        assertThat(answers.await(task, KIEL)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(answers.calls).hasValue(1);
    }

    /** Whoever keeps the key before asking may ask again after a crash, or from several threads at once. */
    @Test
    void askingAgainWithTheSameKeyIsTheSameTask() throws Exception {
        TestParty kiel = enrolled("kiel");
        answersWith(kiel, "kiel");
        String task = askAs("intent-1");
        answers.await(task, KIEL);
        int port = portal.port();
        portal.close();
        portal = TestParty.portal(root, port, Map.of());
        portal.hub().onAnswer(answers);
        assertThat(askAs("intent-1")).isEqualTo(task);
        Set<String> tasks = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                threads.submit(() -> tasks.add(askAs("intent-2")));
            }
        }
        assertThat(tasks).hasSize(1).doesNotContain(task);
        answers.await(tasks.iterator().next(), KIEL);
        assertThat(count("portal", "select count(*) from question")).isEqualTo(2);
        assertThat(rows("kiel", "task")).isEqualTo(2);
        assertThat(answers.calls).hasValue(2);
    }

    private String askAs(String key) {
        return portal.hub()
                .ask(
                        key,
                        TaskKind.FEASIBILITY,
                        question(),
                        List.of(KIEL),
                        Instant.now().plusSeconds(60));
    }

    /** The portal stands behind a proxy of its own network, as application.properties lets it. */
    @Test
    void oneAddressThatAsksTooOftenIsInNobodyElsesWay() throws Exception {
        int status = 0;
        for (int i = 0; i < 200 && status != 429; i++) {
            status = applyFrom("203.0.113.9");
        }
        assertThat(status).isEqualTo(429);
        assertThat(applyFrom("203.0.113.10")).isEqualTo(400);
        enrolled("kiel");
    }

    private int applyFrom(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(portal.url("http").resolve("/federation/enrolments"))
                .header("X-Forwarded-For", address)
                .POST(HttpRequest.BodyPublishers.ofString("nonsense"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private int waitingAnswers() {
        return count("portal", "select count(*) from delivery where state = 'ANSWERED'");
    }

    private int rows(String party, String table) {
        return count(party, "select count(*) from " + table);
    }

    private int count(String party, String sql) {
        TestParty asked = party.equals("portal") ? portal : parties.getLast();
        return org.springframework.jdbc.core.simple.JdbcClient.create(
                        asked.tables().dataSource())
                .sql(sql)
                .query(Integer.class)
                .single();
    }

    @Test
    void lateAnswersArriveAndAreMarked() throws Exception {
        TestParty kiel = enrolled("kiel");
        String task = portal.hub()
                .ask(
                        UUID.randomUUID().toString(),
                        TaskKind.FEASIBILITY,
                        question(),
                        List.of(KIEL),
                        Instant.now().minusSeconds(1));
        answersWith(kiel, "kiel");
        answers.await(task, KIEL);
        assertThat(answers.late).containsEntry(task + "/kiel", true);
    }

    @Test
    void revocationTakesEffectAtOnce() throws Exception {
        TestParty kiel = enrolled("kiel");
        TestParty ulm = enrolled("ulm");
        String open = ask(KIEL);
        assertThat(portal.hub().revoke(KIEL, "admin")).isEqualTo(Decided.DONE);
        assertThat(answers.await(open, KIEL)).isEqualTo(new TaskOutcome.Failed("REVOKED"));
        Await.until("the site knows", () -> kiel.outpost().status().state() == OutpostStatus.State.REVOKED);
        Await.until("the other site knows", () -> org.springframework.jdbc.core.simple.JdbcClient.create(
                        ulm.tables().dataSource())
                .sql("select count(*) from revoked_key")
                .query(Integer.class)
                .single()
                .equals(1));
        assertThat(connected(portal.hub(), KIEL)).isFalse();
        assertThat(portal.hub().members())
                .filteredOn(member -> member.id().equals(KIEL))
                .extracting(Member::state)
                .containsExactly(Member.State.REVOKED);
        assertThat(answers.await(ask(KIEL), KIEL)).isEqualTo(new TaskOutcome.Failed("NOT_ENROLLED"));
    }

    @Test
    void aPersonDecidesWhereThePolicySaysSoAndPauseRefusesAll() throws Exception {
        TestParty kiel = enrolled("kiel");
        answersWith(kiel, "kiel");
        Files.writeString(root.resolve("kiel/policy.json"), """
                {"rules": [{"kind": "feasibility", "roles": ["RESEARCHER"], "release": "click"}], "featuresOff": ["WITHIN"]}
                """);
        String approved = ask(KIEL);
        Await.until("it waits", () -> kiel.outpost().waiting().size() == 1);
        assertThat(kiel.outpost().waiting().getFirst().role()).isEqualTo("RESEARCHER");
        assertThat(kiel.outpost().approve(approved, "eva")).isEqualTo(Decided.DONE);
        assertThat(answers.await(approved, KIEL)).isInstanceOf(TaskOutcome.Completed.class);

        String declined = ask(KIEL);
        Await.until("it waits", () -> kiel.outpost().waiting().size() == 1);
        assertThat(kiel.outpost().decline(declined, "eva", "Zu selten")).isEqualTo(Decided.DONE);
        assertThat(answers.await(declined, KIEL)).isEqualTo(new TaskOutcome.Refused(Refusal.DECLINED, "Zu selten"));
        assertThat(kiel.outpost().approve(declined, "eva")).isEqualTo(Decided.UNKNOWN);

        kiel.outpost().pause("eva");
        String paused = ask(KIEL);
        assertThat(answers.await(paused, KIEL)).isEqualTo(new TaskOutcome.Refused(Refusal.PAUSED, null));
        assertThat(kiel.outpost().status().paused()).isTrue();
        assertThat(kiel.outpost().status().featuresOff()).containsExactly("WITHIN");
        kiel.outpost().resume("eva");
        assertThat(kiel.outpost().status().paused()).isFalse();
    }

    @Test
    void thePortalsKeyIsNeverTrustedSilently() throws Exception {
        TestParty kiel = TestParty.site(root, "kiel", FederationOptions.Link.to(portal.url("http")));
        parties.add(kiel);
        Await.until(
                "the portal has introduced itself",
                () -> kiel.outpost().status().state() == OutpostStatus.State.PORTAL_UNCONFIRMED);
        assertThat(portal.hub().requests()).isEmpty();
        assertThat(kiel.outpost().status().portalFingerprint())
                .isEqualTo(portal.hub().fingerprint());
        assertThat(kiel.outpost().confirmPortal("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "eva"))
                .isEqualTo(Decided.UNKNOWN);
        assertThat(kiel.outpost().confirmPortal(portal.hub().fingerprint().toLowerCase(java.util.Locale.ROOT), "eva"))
                .isEqualTo(Decided.DONE);
        Await.until("the site asks to take part", () -> portal.hub().requests().size() == 1);
        TestParty ulm = TestParty.site(
                root,
                "ulm",
                FederationOptions.Link.to(portal.url("http"))
                        .expecting(kiel.outpost().fingerprint()));
        parties.add(ulm);
        Await.until(
                "the other portal is noticed",
                () -> ulm.outpost().status().state() == OutpostStatus.State.PORTAL_CHANGED);
    }
}
