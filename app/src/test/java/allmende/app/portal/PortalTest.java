package allmende.app.portal;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.audit.AuditEvent;
import allmende.app.federation.Decided;
import allmende.app.federation.Hub;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.exchange.Enrolments;
import allmende.app.federation.exchange.HubExchange;
import allmende.app.federation.exchange.PostgresStore;
import allmende.app.federation.exchange.Self;
import allmende.app.federation.hub.HubService;
import allmende.app.federation.trust.Application;
import allmende.app.federation.trust.Es256;
import allmende.app.federation.trust.SigningKey;
import allmende.app.identity.Account;
import allmende.app.identity.Role;
import allmende.core.disclosure.RulesRead;
import allmende.core.disclosure.SiteAnswer;
import allmende.core.disclosure.SiteAnswerJson;
import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions, quotas and asking on a real PostgreSQL, with a federation that does as it is told. */
class PortalTest {

    private static final String COHORT = "{\"version\":\"2\",\"inclusionCriteria\":[[{}]]}";
    private static final AtomicLong ACCOUNTS = new AtomicLong(1000);

    private static StoreLocation database;
    private static SideTables tables;

    private final List<AuditEvent> noted = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final InstantSource clock = () -> now;
    private FakeHub hub = new FakeHub();
    private @Nullable Hub federation;
    private Questions questions;
    private Quotas quotas;
    private Answers answers;
    private Asking asking;
    private Account account;
    private Viewer viewer;

    @BeforeAll
    static void open() {
        database = new StoreLocation.Embedded(Hospital.temporary("allmende-portal-test"), "portal");
        tables = Stores.openBeside(database, "portal", "allmende/portal/migration");
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    @BeforeEach
    void start() {
        account = account(true, null);
        viewer = new Viewer(account.id(), account.team());
        restart();
    }

    /** A portal that has just started over the same tables. */
    private void restart() {
        PortalDatabase database = PortalDatabase.over(tables);
        AskLimits limits = new AskLimits(3, 50, Duration.ofMinutes(10));
        questions = new Questions(database, clock);
        quotas = new Quotas(database.jdbc(), limits, clock, noted::add);
        answers = new Answers(database.jdbc());
        Publications publications = new Publications(database.jdbc(), json -> new RulesRead.Invalid<>(List.of()));
        asking = new Asking(new Asking.Parts(
                database,
                questions,
                quotas,
                Pseudonyms.of(database.jdbc(), new SecureRandom()),
                answers,
                publications,
                federation == null ? hub : federation,
                noted::add,
                limits,
                clock));
        hub.onAnswer(answers);
    }

    private static Account account(boolean confirmed, @Nullable Long team) {
        long id = ACCOUNTS.incrementAndGet();
        return new Account(
                id, "user" + id, "User " + id, "", Set.of(Role.RESEARCHER), team, "Charité", confirmed, false);
    }

    private Question done(Change change) {
        assertThat(change).isInstanceOf(Change.Done.class);
        return ((Change.Done) change).question();
    }

    private Asked ask(Question question) {
        return asking.ask(account, new Asking.Wish(question.id(), question.revision(), "asked", COHORT));
    }

    private Ask sent(Question question) {
        Asked asked = ask(question);
        assertThat(asked).isInstanceOf(Asked.Sent.class);
        return ((Asked.Sent) asked).ask();
    }

    @Test
    void undoesAndRedoesEdits() {
        Question question = questions.create(viewer, "One", "{\"a\":0}");
        question = done(questions.edit(viewer, question.id(), question.revision(), "{\"a\":1}"));
        question = done(questions.edit(viewer, question.id(), question.revision(), "{\"a\":2}"));

        question = done(questions.undo(viewer, question.id(), question.revision()));
        assertThat(question.document()).isEqualTo("{\"a\":1}");
        question = done(questions.undo(viewer, question.id(), question.revision()));
        assertThat(question.document()).isEqualTo("{\"a\":0}");
        assertThat(question.undoable()).isFalse();
        assertThat(questions.undo(viewer, question.id(), question.revision())).isInstanceOf(Change.Nothing.class);

        question = done(questions.redo(viewer, question.id(), question.revision()));
        assertThat(question.document()).isEqualTo("{\"a\":1}");
        question = done(questions.edit(viewer, question.id(), question.revision(), "{\"a\":3}"));
        assertThat(question.redoable())
                .as("an edit ends what could be done again")
                .isFalse();
    }

    @Test
    void keepsALimitedNumberOfSteps() {
        Question question = questions.create(viewer, "Long", "0");
        for (int i = 1; i <= Questions.STEPS_MAX + 20; i++) {
            question = done(questions.edit(viewer, question.id(), question.revision(), Integer.toString(i)));
        }
        int steps = 0;
        while (questions.undo(viewer, question.id(), question.revision()) instanceof Change.Done(Question before)) {
            question = before;
            steps++;
        }
        assertThat(steps).isEqualTo(Questions.STEPS_MAX - 1);
    }

    @Test
    void twoEditorsDoNotOverwriteEachOther() throws Exception {
        Question question = questions.create(viewer, "Two", "start");
        List<Callable<Change>> edits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String document = "edit " + i;
            edits.add(() -> questions.edit(viewer, question.id(), question.revision(), document));
        }
        List<Change> changes = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (var future : pool.invokeAll(edits)) {
                changes.add(future.get());
            }
        }
        assertThat(changes).filteredOn(Change.Done.class::isInstance).hasSize(1);
        assertThat(changes).filteredOn(Change.Stale.class::isInstance).hasSize(7);
        Question after = questions.find(viewer, question.id()).orElseThrow();
        assertThat(after.revision()).isEqualTo(question.revision() + 1);
        assertThat(after.document())
                .isEqualTo(done(changes.stream()
                                .filter(Change.Done.class::isInstance)
                                .findFirst()
                                .orElseThrow())
                        .document());
    }

    @Test
    void onlyTheOwnerAndTheTeamOfASharedQuestionSeeIt() {
        Viewer owner = new Viewer(ACCOUNTS.incrementAndGet(), 7L);
        Viewer mate = new Viewer(ACCOUNTS.incrementAndGet(), 7L);
        Viewer stranger = new Viewer(ACCOUNTS.incrementAndGet(), 8L);
        Question question = questions.create(owner, "Shared", "{}");

        assertThat(questions.find(mate, question.id())).isEmpty();
        assertThat(questions.edit(mate, question.id(), question.revision(), "x"))
                .isInstanceOf(Change.Missing.class);
        question = done(questions.share(owner, question.id(), question.revision(), true));
        assertThat(questions.find(stranger, question.id())).isEmpty();
        assertThat(questions.list(mate)).extracting(QuestionEntry::id).contains(question.id());
        question = done(questions.edit(mate, question.id(), question.revision(), "{\"by\":\"mate\"}"));
        assertThat(questions.share(mate, question.id(), question.revision(), false))
                .as("a mate can't unshare")
                .isInstanceOf(Change.Nothing.class);
        assertThat(questions.delete(mate, question.id())).isFalse();
        assertThat(questions.versions(stranger, question.id())).isEmpty();
        assertThat(questions.delete(owner, question.id())).isTrue();
    }

    @Test
    void restoresAVersionAsAnEdit() {
        Question question = questions.create(viewer, "Versions", "first");
        question = done(questions.keep(viewer, question.id(), question.revision(), "the first"));
        question = done(questions.edit(viewer, question.id(), question.revision(), "second"));
        question = done(questions.restore(viewer, question.id(), question.revision(), 1));
        assertThat(question.document()).isEqualTo("first");
        question = done(questions.undo(viewer, question.id(), question.revision()));
        assertThat(question.document()).isEqualTo("second");
        assertThat(questions.restore(viewer, question.id(), question.revision(), 9))
                .isInstanceOf(Change.Nothing.class);
    }

    @Test
    void storesEachSitesAnswerOnceAndTellsLateOnes() {
        Question question = questions.create(viewer, "Ask", "{}");
        Ask ask = sent(question);
        assertThat(ask.version()).isEqualTo(1);
        assertThat(asking.results(ask)).hasSize(4).allMatch(result -> result.answer() == null);

        String task = hub.sent.getLast().task();
        SiteAnswer failed = new SiteAnswer.Failed("index-not-ready");
        hub.answer(task, "site-a", new TaskOutcome.Completed(SiteAnswerJson.write(failed)), false);
        hub.answer(task, "site-a", new TaskOutcome.Failed("OTHER"), false);
        hub.answer(task, "site-b", new TaskOutcome.Failed("NOT_READY"), true);
        hub.answer("someone-elses-task", "site-c", new TaskOutcome.Failed("X"), false);

        List<SiteResult> results = asking.results(ask);
        assertThat(results.get(0).answer()).isEqualTo(failed);
        assertThat(results.get(1).answer()).isEqualTo(new SiteAnswer.Failed("not-ready"));
        assertThat(results.get(1).late()).isTrue();
        assertThat(results.get(2).answer()).isNull();
        now = now.plus(Duration.ofHours(1));
        assertThat(asking.results(ask).get(2).answer()).isInstanceOf(SiteAnswer.TimedOut.class);
    }

    @Test
    void aPortalThatEndsBeforeTheHandOverAsksAfterItsRestart() {
        hub.broken = true;
        Question question = questions.create(viewer, "Crash", "{}");
        Ask ask = sent(question);
        assertThat(ask.sent()).isFalse();
        assertThat(hub.sent).isEmpty();

        hub = new FakeHub();
        hub.answers = (site, body) -> new TaskOutcome.Failed("LATER");
        restart();
        asking.drive();

        assertThat(hub.sent)
                .extracting(sent -> sent.body().path("query").path("version").asString())
                .contains("2");
        assertThat(asking.results(ask)).allMatch(result -> result.answer() instanceof SiteAnswer.Failed);
        int sent = hub.sent.size();
        asking.drive();
        assertThat(hub.sent).as("handed over once").hasSize(sent);
    }

    /** The federation here is the real one over PostgreSQL: it has taken the question, but the portal never heard so. */
    @Test
    void aPortalThatEndsAfterTheHandOverAsksNobodyTwice() {
        try (SideTables messages = Stores.openBeside(database, "federation", "allmende/federation/migration")) {
            PostgresStore store = new PostgresStore(messages.dataSource());
            Self self = new Self(new PartyId("portal"), "Portal", Es256.generate(), Es256::read);
            enrol(self, store);
            Hub real = new HubService(self, store, InstantSource.system());
            federation = (Hub) Proxy.newProxyInstance(
                    Hub.class.getClassLoader(), new Class<?>[] {Hub.class}, (proxy, method, arguments) -> {
                        Object result = method.invoke(real, arguments);
                        if (method.getName().equals("ask")) {
                            throw new IllegalStateException("The portal ends here");
                        }
                        return result;
                    });
            restart();
            Ask ask = sent(questions.create(viewer, "Crash", "{}"));
            asking.drive();
            assertThat(ask.sent()).isFalse();

            federation = new HubService(self, store, InstantSource.system());
            restart();
            asking.drive();
            assertThat(asking.history(viewer, Objects.requireNonNull(ask.question())))
                    .singleElement()
                    .matches(Ask::sent);
            JdbcClient jdbc = JdbcClient.create(messages.dataSource());
            for (String table : List.of("question", "delivery", "outbox")) {
                assertThat(jdbc.sql("select count(*) from " + table)
                                .query(Long.class)
                                .single())
                        .as(table)
                        .isOne();
            }
        }
    }

    private static void enrol(Self portal, PostgresStore store) {
        SigningKey key = Es256.generate();
        HubExchange exchange = new HubExchange(
                portal, store, InstantSource.system(), () -> UUID.randomUUID().toString());
        Enrolments enrolments = new Enrolments(portal, exchange, store, InstantSource.system());
        Application.Profile profile = new Application.Profile("Kiel", null);
        enrolments.apply(Application.seal(key, new PartyId("kiel"), portal.id(), profile, Instant.now()));
        assertThat(enrolments.accept(key.publicKey().thumbprint(), "admin")).isEqualTo(Decided.DONE);
    }

    @Test
    void tellsSitesAPseudonymAndARoleOnly() {
        sent(questions.create(viewer, "Body", "{}"));
        var body = hub.sent.getLast().body();
        assertThat(body.path("requester").path("role").asString()).isEqualTo("RESEARCHER");
        assertThat(body.path("requester").path("pseudonym").asString()).matches("[0-9a-f]{32}");
        assertThat(body.toString()).doesNotContain(account.name()).doesNotContain(account.displayName());
        assertThat(body.path("want").size()).isEqualTo(3);
        assertThat(hub.sent.getLast().sites()).contains(new PartyId("site-a"));
        assertThat(noted).extracting(AuditEvent::what).contains("question.asked");
    }

    @Test
    void thirdQuestionInAMinuteIsTheLastOne() {
        Question question = questions.create(viewer, "Quick", "{}");
        for (int i = 0; i < 3; i++) {
            sent(questions.find(viewer, question.id()).orElseThrow());
            now = now.plusSeconds(10);
        }
        Question fourth = questions.find(viewer, question.id()).orElseThrow();
        assertThat(ask(fourth)).isEqualTo(new Asked.Slower(Duration.ofSeconds(30)));
        now = now.plusSeconds(31);
        assertThat(ask(fourth)).isInstanceOf(Asked.Sent.class);
    }

    @Test
    void whoUsesUpTheWeekIsLockedUntilAPersonResetsIt() {
        Question question = questions.create(viewer, "Many", "{}");
        for (int i = 0; i < 50; i++) {
            sent(questions.find(viewer, question.id()).orElseThrow());
            now = now.plus(Duration.ofMinutes(1));
        }
        questions.delete(viewer, question.id());
        Question other = questions.create(viewer, "Other", "{}");
        assertThat(ask(other)).as("deleting the question gives nothing back").isInstanceOf(Asked.Locked.class);
        now = now.plus(Duration.ofDays(8));
        assertThat(ask(other)).as("time does not unlock").isInstanceOf(Asked.Locked.class);
        assertThat(quotas.quotas()).anyMatch(quota -> quota.account() == account.id() && quota.locked());

        quotas.reset(account.id(), "admin");
        assertThat(ask(other)).isInstanceOf(Asked.Sent.class);
        assertThat(noted).contains(AuditEvent.of("admin", "quota.reset", "account:" + account.id()));
    }

    @Test
    void refusesWhoIsNotConfirmedAndWhatCantBeAsked() {
        Question question = questions.create(viewer, "Refused", "{}");
        Asking.Wish wish = new Asking.Wish(question.id(), question.revision(), "v", COHORT);
        assertThat(asking.ask(account(false, null), wish)).isInstanceOf(Asked.Unconfirmed.class);
        assertThat(asking.ask(account(true, null), wish)).isInstanceOf(Asked.Missing.class);
        assertThat(asking.ask(account, new Asking.Wish(question.id(), 99, "v", COHORT)))
                .isInstanceOf(Asked.Stale.class);
        assertThat(asking.ask(account, new Asking.Wish(question.id(), 1, "v", "{\"inclusionCriteria\":[]}")))
                .isInstanceOf(Asked.Unfit.class);
        assertThat(asking.ask(account, new Asking.Wish(question.id(), 1, "v", "no json")))
                .isInstanceOf(Asked.Unfit.class);
        hub.sites.clear();
        assertThat(asking.ask(account, wish)).isInstanceOf(Asked.NobodyThere.class);
        assertThat(questions.versions(viewer, question.id()))
                .as("nothing is kept of what is refused")
                .isEmpty();
    }
}
