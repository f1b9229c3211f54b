package allmende.app.projects;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.audit.AuditEvent;
import allmende.app.identity.Caller;
import allmende.app.identity.Role;
import allmende.core.disclosure.CommitteeVote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The steps of a project and what the gate says to each attempt, over a real database. */
class ProjectFlowTest {

    private static final Caller STEWARD = Workshop.person("stefan", Role.DATA_STEWARD);
    private static final Caller ADA = Workshop.person("ada", Role.TRANSFER_OFFICE);
    private static final Caller EVE = Workshop.person("eve", Role.TRANSFER_OFFICE);
    private static final Caller MEMBER = Workshop.person("uwe", Role.UAC_MEMBER);

    private static final CommitteeVote FOR = new CommitteeVote(true, LocalDate.of(2026, 4, 30), "UAC 17");

    private static Workshop shop;

    @BeforeAll
    static void open() throws InterruptedException {
        shop = new Workshop(Hospital.temporary("allmende-projects"));
    }

    @AfterAll
    static void close() {
        shop.close();
        shop = null;
    }

    private static ProjectDesk desk() {
        return shop.desks.desk();
    }

    private static Dispatch dispatch() {
        return shop.desks.dispatch();
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private static void refused(Outcome outcome, String code) {
        assertThat(outcome).isEqualTo(Outcome.refused(code));
    }

    /** A project with a build that lies ready. */
    private static void ready(String id, Caller builder) throws InterruptedException {
        done(desk().request(Workshop.request(id, "{}"), STEWARD));
        done(desk().vote(id, FOR, EVE));
        done(desk().check(id, STEWARD));
        done(desk().build(id, builder));
        assertThat(shop.built(id).state()).isEqualTo(Build.State.DONE);
    }

    private static String seen(String id) {
        return desk().bindingHash(
                        desk().find(id).orElseThrow(), desk().newest(id).orElseThrow());
    }

    private static Outcome approve(String id, Caller by) {
        return desk().approve(id, seen(id), by);
    }

    private static String delivered(String id) throws InterruptedException {
        ready(id, STEWARD);
        done(approve(id, ADA));
        done(approve(id, EVE));
        return ((Outcome.Done) dispatch().deliver(id, Delivery.Channel.DOWNLOAD, ADA)).made();
    }

    private static byte[] fetched(String token) throws IOException {
        Delivery delivery = dispatch().ofToken(token).orElseThrow();
        Dispatch.Fetch fetch =
                dispatch().fetch(token, delivery.files().getFirst().name());
        assertThat(fetch).isInstanceOf(Dispatch.Fetch.Ready.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Dispatch.Fetch.Ready open = (Dispatch.Fetch.Ready) fetch;
        dispatch().send(open.ticket(), open.file(), out, "192.0.2.1");
        return out.toByteArray();
    }

    private static void notFetched(String token, String code) {
        String file = dispatch().ofToken(token).orElseThrow().files().getFirst().name();
        assertThat(dispatch().fetch(token, file)).isEqualTo(new Dispatch.Fetch.Refused(code));
    }

    @Test
    void aProjectGoesFromTheRequestToTheRecipient() throws Exception {
        String token = delivered("FLOW");

        assertThat(new String(Workshop.Reversing.turned(fetched(token)), StandardCharsets.UTF_8))
                .contains("psn-FLOW-0", "psn-FLOW-2")
                .doesNotContain("p-1");
        assertThat(desk().steps("FLOW"))
                .extracting(Step::state)
                .containsExactly(
                        ProjectState.REQUESTED,
                        ProjectState.REQUESTED, // the vote
                        ProjectState.CHECKED,
                        ProjectState.BUILT,
                        ProjectState.APPROVED_ONCE,
                        ProjectState.APPROVED,
                        ProjectState.DELIVERED);
        assertThat(shop.trail)
                .filteredOn(event -> event.object().equals("project:FLOW"))
                .extracting(AuditEvent::what)
                .contains(
                        "project.requested",
                        "project.checked",
                        "project.built",
                        "project.approved-once",
                        "project.approved",
                        "project.delivered");
        assertThat(shop.data.resolve("builds").toFile().list())
                .as("readable files")
                .isEmpty();
        assertThat(dispatch().downloads(dispatch().ofToken(token).orElseThrow()))
                .extracting(DeliveryTables.Download::outcome)
                .containsExactly("whole");
        assertThat(shop.accesses).extracting(access -> access.action().name()).contains("EXPORT", "DOWNLOAD");
    }

    @Test
    void onePersonTwiceOrWhoBuiltItDoNotCount() throws InterruptedException {
        ready("TWICE", ADA);
        refused(approve("TWICE", ADA), "builder");
        refused(approve("TWICE", MEMBER), "right");
        refused(approve("TWICE", STEWARD), "right");
        done(approve("TWICE", EVE));
        refused(approve("TWICE", EVE), "same-person");
        refused(approve("TWICE", Workshop.person("EVE", Role.TRANSFER_OFFICE)), "same-person");
        refused(dispatch().deliver("TWICE", Delivery.Channel.DOWNLOAD, EVE), "one-approval");
        done(approve("TWICE", Workshop.person("joe", Role.TRANSFER_OFFICE)));
        done(dispatch().deliver("TWICE", Delivery.Channel.DOWNLOAD, EVE));
    }

    @Test
    void onlyPeopleWhoHaveLoggedInAct() {
        Caller open = new Caller("open", Caller.Kind.OPEN, java.util.Set.of(), java.util.Set.of(), null, "");
        refused(desk().request(Workshop.request("NOBODY", "{}"), open), "login");
        refused(desk().request(Workshop.request("NOBODY", "{}"), MEMBER), "right");
    }

    @Test
    void whatWasChangedAfterTheApprovalDoesNotLeave() throws InterruptedException {
        ready("CHANGED", STEWARD);
        done(approve("CHANGED", ADA));
        done(approve("CHANGED", EVE));
        done(desk().change(Workshop.request("CHANGED", "{\"other\":1}"), STEWARD));

        refused(dispatch().deliver("CHANGED", Delivery.Channel.DOWNLOAD, ADA), "no-vote");
        done(desk().vote("CHANGED", FOR, EVE));
        refused(dispatch().deliver("CHANGED", Delivery.Channel.DOWNLOAD, ADA), "changed");
        refused(approve("CHANGED", ADA), "state");
        done(desk().check("CHANGED", STEWARD));
        refused(approve("CHANGED", ADA), "state");
        refused(dispatch().deliver("CHANGED", Delivery.Channel.DOWNLOAD, ADA), "changed");
    }

    @Test
    void nobodyApprovesWhatTheCommitteeIsNotFor() throws InterruptedException {
        ready("VOTED", STEWARD);
        refused(desk().vote("VOTED", FOR, STEWARD), "right");
        refused(desk().vote("VOTED", null, ADA), "vote");
        refused(desk().vote("VOTED", ProjectDesk.vote(true, "2999-01-01", "UAC 17"), ADA), "vote");
        String before = seen("VOTED");
        done(desk().vote("VOTED", ProjectDesk.vote(false, "2026-04-30", "UAC 18"), ADA));
        refused(approve("VOTED", ADA), "no-vote");
        done(desk().vote("VOTED", ProjectDesk.vote(true, "2026-05-01", "UAC 19"), ADA));
        refused(desk().approve("VOTED", before, ADA), "changed");
        done(approve("VOTED", ADA));
        refused(desk().vote("VOTED", FOR, ADA), "state");
        assertThat(shop.trail)
                .extracting(AuditEvent::detail)
                .contains("negative, 2026-04-30, UAC 18", "positive, 2026-05-01, UAC 19");
    }

    @Test
    void whatWasChangedOnTheDiskDoesNotLeave() throws Exception {
        ready("DISK", STEWARD);
        done(approve("DISK", ADA));
        done(approve("DISK", EVE));
        long build = desk().newest("DISK").orElseThrow().id();
        Files.writeString(
                shop.data.resolve("builds").resolve(Long.toString(build)).resolve("more.csv"), "one more row");

        refused(dispatch().deliver("DISK", Delivery.Channel.DOWNLOAD, ADA), "changed");
    }

    @Test
    void whoHasSeenSomethingElseDoesNotApproveByAccident() throws InterruptedException {
        ready("SEEN", STEWARD);
        String before = seen("SEEN");
        shop.write("Patient", "p-3", "p-3", "{\"resourceType\":\"Patient\",\"id\":\"p-3\",\"active\":true}");
        done(desk().build("SEEN", STEWARD));
        shop.built("SEEN");

        refused(desk().approve("SEEN", before, ADA), "changed");
    }

    @Test
    void theTokenOfAnExpiredDeliveryOpensNothing() throws Exception {
        String token = delivered("LATE");
        assertThat(fetched(token)).isNotEmpty();
        var before = shop.now;
        try {
            shop.later(200);
            notFetched(token, "expired");
        } finally {
            shop.now = before;
        }
        assertThat(dispatch().ofToken("guessed")).isEmpty();
        assertThat(dispatch().fetch("guessed", "LATE-1.zip.sealed")).isEqualTo(new Dispatch.Fetch.Refused("token"));
    }

    @Test
    void aRevokedProjectIsOver() throws Exception {
        String token = delivered("REVOKED");
        done(dispatch().revoke("REVOKED", "The contract has ended", EVE));

        notFetched(token, "stopped");
        refused(desk().build("REVOKED", STEWARD), "state");
    }

    @Test
    void aWithdrawalAfterTheDeliveryIsATaskToDelete() throws Exception {
        String token = delivered("WITHDRAWN");
        try {
            shop.withdrawn.add("p-2");
            shop.consentOf("p-2");
            notFetched(token, "withdrawn");

            Delivery delivery = dispatch().ofToken(token).orElseThrow();
            List<DeletionTask> tasks = dispatch().tasks(delivery);
            assertThat(tasks).hasSize(1);
            assertThat(tasks.getFirst().pseudonym()).isEqualTo("psn-WITHDRAWN-1");
            assertThat(tasks.getFirst().reason()).isEqualTo("use-not-permitted");
            assertThat(tasks.getFirst().recipient()).isEqualTo("Dr. Rike Forschung");
            assertThat(dispatch().openTasks(delivery)).isEqualTo(1);
            assertThat(dispatch().confirm(delivery, tasks.getFirst().id(), "gone"))
                    .isTrue();
            assertThat(dispatch().confirm(delivery, tasks.getFirst().id(), "again"))
                    .isFalse();
            assertThat(dispatch().openTasks(delivery)).isZero();
        } finally {
            shop.withdrawn.clear();
        }
    }

    @Test
    void aWithdrawalBetweenApprovalAndDeliveryKeepsItIn() throws Exception {
        ready("BETWEEN", STEWARD);
        done(approve("BETWEEN", ADA));
        done(approve("BETWEEN", EVE));
        try {
            shop.withdrawn.add("p-1");
            shop.consentOf("p-1");
            refused(dispatch().deliver("BETWEEN", Delivery.Channel.DOWNLOAD, ADA), "withdrawn");
        } finally {
            shop.withdrawn.clear();
        }
    }

    @Test
    void aWithdrawalStopsABuildUnderWay() throws Exception {
        done(desk().request(Workshop.request("UNDERWAY", "{}"), STEWARD));
        done(desk().check("UNDERWAY", STEWARD));
        shop.door = new CountDownLatch(1);
        try {
            done(desk().build("UNDERWAY", STEWARD));
            shop.withdrawn.add("p-1");
            shop.consentOf("p-1");
            shop.desks.withdrawals().catchUp();
        } finally {
            shop.door.countDown();
        }
        assertThat(shop.built("UNDERWAY").state()).isEqualTo(Build.State.CANCELLED);
        shop.withdrawn.clear();
    }

    @Test
    void aBuildThatTheEndOfTheSiteInterruptedIsBuiltFromItsSnapshotAfterwards() throws Exception {
        Path data = Hospital.temporary("allmende-restart");
        Build before;
        try (Workshop first = new Workshop(data)) {
            done(first.desks.desk().request(Workshop.request("RESTART", "{}"), STEWARD));
            done(first.desks.desk().check("RESTART", STEWARD));
            first.door = new CountDownLatch(1);
            done(first.desks.desk().build("RESTART", STEWARD));
            before = first.desks.desk().newest("RESTART").orElseThrow();
            assertThat(before.state()).isEqualTo(Build.State.RUNNING);
            while (!Files.exists(data.resolve("builds").resolve(before.id() + "/Patient.ndjson"))) {
                Thread.sleep(10);
            }
        }
        try (Workshop second = new Workshop(data)) {
            second.write("Patient", "p-4", "p-4", "{\"resourceType\":\"Patient\",\"id\":\"p-4\"}");
            second.desks.runner().resume();
            Build after = second.built("RESTART");
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.state()).isEqualTo(Build.State.DONE);
            assertThat(after.size().patients()).as("patients of its snapshot").isEqualTo(3);
            assertThat(second.desks.desk().find("RESTART").orElseThrow().state())
                    .isEqualTo(ProjectState.BUILT);
        }
    }

    @Test
    void aWithdrawalEndsWhatIsBeingFetched() throws Exception {
        String token = delivered("STREAM");
        String file = dispatch().ofToken(token).orElseThrow().files().getFirst().name();
        Dispatch.Fetch.Ready open = (Dispatch.Fetch.Ready) dispatch().fetch(token, file);
        try {
            shop.withdrawn.add("p-3");
            shop.consentOf("p-3");
            shop.desks.withdrawals().catchUp();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Assertions.assertThatThrownBy(() -> dispatch().send(open.ticket(), open.file(), out, "192.0.2.1"))
                    .isInstanceOf(IOException.class);
            assertThat(out.size()).isZero();
        } finally {
            shop.withdrawn.clear();
        }
    }

    @Test
    void theStoreGetsADeliveryThatTheTransportSoftwareFinds() throws Exception {
        ready("STORE", STEWARD);
        done(approve("STORE", ADA));
        done(approve("STORE", EVE));
        done(dispatch().deliver("STORE", Delivery.Channel.STORE, EVE));

        var found =
                shop.site.data().store().findByIdentifier("DocumentReference", Handover.PROJECT_IDENTIFIER, "STORE");
        assertThat(found).hasSize(1);
    }

    @Test
    void requestsThatCantBeMeantAreRefused() {
        refused(desk().request(Workshop.request("x y", "{}"), STEWARD), "id");
        refused(desk().request(Workshop.request("register", "{}"), STEWARD), "id");
        assertThat(desk().request(Workshop.request("BAD-JSON", "{"), STEWARD))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, why -> assertThat(why.code()).isEqualTo("crtdl"));
        done(desk().request(Workshop.request("BAD", "{\"bad\":true}"), STEWARD));
        assertThat(desk().check("BAD", STEWARD)).isEqualTo(new Outcome.Refused("problems", List.of("It is bad.")));
        refused(desk().build("BAD", STEWARD), "state");
        refused(desk().request(Workshop.request("BAD", "{}"), STEWARD), "taken");
    }
}
