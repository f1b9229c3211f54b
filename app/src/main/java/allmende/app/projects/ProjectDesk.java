package allmende.app.projects;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.identity.Caller;
import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.core.disclosure.Approval;
import allmende.core.disclosure.CommitteeVote;
import allmende.core.disclosure.DeliveryCase;
import allmende.core.disclosure.DeliveryGate;
import allmende.core.disclosure.DeliveryRefusal;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps of a data use project until it may leave. Each is entered in the chain of administrative acts. */
final class ProjectDesk {

    private static final String FOLLOWER = Withdrawals.FOLLOWER;

    /** Groups of more patients are wanted by nobody. */
    static final int K_MAX = 1_000;

    private static final int REFERENCE_MAX = 200;

    private final Site site;
    private final ProjectTables projects;
    private final BuildTables builds;
    private final Requests requests;
    private final Building building;
    private final BuildRunner runner;
    private final DeliveryVault vault;
    private final Cases cases;
    private final AuditTrail trail;
    private final InstantSource clock;

    ProjectDesk(BuildRunner.Parts parts, Requests requests, BuildRunner runner) {
        this.site = parts.site();
        this.projects = parts.projects();
        this.builds = parts.builds();
        this.requests = requests;
        this.building = parts.building();
        this.runner = runner;
        this.vault = parts.vault();
        this.cases = new Cases(parts.builds());
        this.trail = parts.trail();
        this.clock = parts.clock();
    }

    /** All projects, the one that changed last first. */
    List<DataUseProject> all() {
        return projects.all();
    }

    Optional<DataUseProject> find(String id) {
        return projects.find(id);
    }

    List<Step> steps(String id) {
        return projects.steps(id);
    }

    Optional<Build> newest(String id) {
        return builds.newest(id);
    }

    /** Whether this person may learn by id what a build has left out, and it is still known. */
    boolean knowsLeftOut(Build build, Caller caller) {
        return Right.toSeeLeftOut(caller).isEmpty() && vault.knowsLeftOut(build.id());
    }

    /** Tells by id what a build has left out; to be asked after {@link #knowsLeftOut}, and noted as an access. */
    void leftOut(Build build, Consumer<LeftOut> each) throws IOException {
        vault.leftOut(build.id(), each);
    }

    List<Approval> approvals(long build) {
        return builds.approvals(build);
    }

    /** Names of the sets of rules that are shipped. */
    List<String> ruleSets() {
        return requests.shipped();
    }

    /** Hash of what an approval of a build would be about now. */
    String bindingHash(DataUseProject project, Build build) {
        return Cases.binding(project, build, build.contentHash()).hash();
    }

    /** Why this person's approval would not count; nothing where it would. */
    Optional<DeliveryRefusal> whyNot(DataUseProject project, Build build, Caller caller) {
        DeliveryCase facts = cases.of(project, build, build.contentHash());
        return DeliveryGate.mayApprove(word(caller, facts.binding().hash()), facts, clock.instant());
    }

    /** Enters a request that is new. */
    Outcome request(NewProject asked, Caller by) {
        return Right.toBuild(by).orElseGet(() -> switch (requests.read(asked, by.name(), now())) {
            case Requests.Read.Refused(Outcome.Refused why) -> why;
            case Requests.Read.Project(DataUseProject project) ->
                whole(() -> {
                    if (projects.find(project.id()).isPresent()) {
                        return Outcome.refused("taken");
                    }
                    projects.write(project);
                    note(by, "project.requested", project);
                    return new Outcome.Done(project.id());
                });
        });
    }

    /** Replaces a request: it is checked and built anew, and what was approved does not count any more. */
    Outcome change(NewProject asked, Caller by) {
        return Right.toBuild(by).orElseGet(() -> switch (requests.read(asked, by.name(), now())) {
            case Requests.Read.Refused(Outcome.Refused why) -> why;
            case Requests.Read.Project(DataUseProject project) ->
                inState(project.id(), ProjectState.REQUESTED, held -> {
                    builds.newest(held.id()).ifPresent(build -> runner.cancel(build.id()));
                    projects.write(project);
                    note(by, "project.changed", project);
                    return new Outcome.Done(project.id());
                });
        });
    }

    /** Says that the request was looked at and can be carried out. */
    Outcome check(String id, Caller by) {
        return Right.toBuild(by)
                .orElseGet(() -> inState(id, ProjectState.CHECKED, held -> {
                    List<String> problems = building.problems(held.request());
                    if (!problems.isEmpty()) {
                        return new Outcome.Refused("problems", problems);
                    }
                    move(held, ProjectState.CHECKED, by, "");
                    return Outcome.done();
                }));
    }

    /**
     * Enters what the use and access committee has decided about the request; until somebody approves, it can be mended.
     *
     * @param vote null for something that is no decision
     */
    Outcome vote(String id, @Nullable CommitteeVote vote, Caller by) {
        return Right.toDecide(by)
                .orElseGet(() -> whole(() -> {
                    DataUseProject held = projects.hold(id).orElse(null);
                    if (held == null) {
                        return Outcome.refused("unknown");
                    }
                    if (vote == null
                            || vote.reference().length() > REFERENCE_MAX
                            || vote.day().isAfter(today())) {
                        return Outcome.refused("vote");
                    }
                    if (!held.state().mayBeVotedOn()) {
                        return Outcome.refused("state");
                    }
                    projects.vote(id, vote);
                    projects.note(id, new Step(held.state(), by.name(), now(), vote.written()));
                    trail.record(new AuditEvent(by.name(), "project.vote", object(id), vote.written()));
                    return Outcome.done();
                }));
    }

    /** A vote as somebody has typed it; null where that is none. */
    static @Nullable CommitteeVote vote(boolean positive, String day, String reference) {
        try {
            return reference.isBlank() ? null : new CommitteeVote(positive, LocalDate.parse(day), reference.strip());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Begins to build from the newest snapshot. */
    Outcome build(String id, Caller by) {
        return begin(id, 0, by);
    }

    /**
     * Begins to build from the newest snapshot without those patients who are alike to fewer than so many. What was approved of
     * an earlier build does not count for this one.
     *
     * @param k from 2 to {@link #K_MAX}
     */
    Outcome suppress(String id, int k, Caller by) {
        return k < 2 || k > K_MAX ? Outcome.refused("k") : begin(id, k, by);
    }

    private Outcome begin(String id, int suppressTo, Caller by) {
        return Right.toBuild(by).orElseGet(() -> {
            Outcome begun = inState(id, ProjectState.BUILT, held -> {
                if (builds.newest(id).filter(ProjectDesk::running).isPresent()) {
                    return Outcome.refused("running");
                }
                long t = site.data().store().currentT();
                projects.begin(FOLLOWER, t);
                long number = builds.begin(held, by.name(), now(), new BuildTables.Snapshot(t, today(), suppressTo));
                String how = suppressTo == 0 ? "" : " k=" + suppressTo;
                trail.record(new AuditEvent(by.name(), "project.build-begun", object(id), "t=" + t + how));
                return new Outcome.Done(Long.toString(number));
            });
            if (begun instanceof Outcome.Done(String number)) {
                runner.begin(Long.parseLong(number));
            }
            return begun;
        });
    }

    /** Ends a build that runs. */
    Outcome cancel(String id, Caller by) {
        return Right.toBuild(by).orElseGet(() -> builds.newest(id)
                .filter(ProjectDesk::running)
                .map(build -> {
                    runner.cancel(build.id());
                    trail.record(AuditEvent.of(by.name(), "project.build-cancelled", object(id)));
                    return Outcome.done();
                })
                .orElseGet(() -> Outcome.refused("state")));
    }

    /**
     * Approves what lies ready.
     *
     * @param seen the hash that the page or the command showed: what was changed meanwhile is not approved by accident
     */
    Outcome approve(String id, String seen, Caller by) {
        return Right.toDecide(by)
                .orElseGet(() -> whole(() -> {
                    DataUseProject project = projects.hold(id).orElse(null);
                    Build build = builds.newest(id).orElse(null);
                    if (project == null) {
                        return Outcome.refused("unknown");
                    }
                    if (build == null || !awaitsApproval(project.state())) {
                        return Outcome.refused("state");
                    }
                    DeliveryCase facts = cases.of(project, build, build.contentHash());
                    Approval word = word(by, seen.strip());
                    Optional<DeliveryRefusal> fault =
                            build.requestHash().equals(project.request().hash())
                                    ? DeliveryGate.mayApprove(word, facts, now())
                                    : Optional.of(DeliveryRefusal.CHANGED);
                    if (fault.isPresent()) {
                        return refused(by, id, fault.get());
                    }
                    builds.approve(build.id(), word);
                    boolean first = project.state() == ProjectState.BUILT;
                    move(project, first ? ProjectState.APPROVED_ONCE : ProjectState.APPROVED, by, word.bindingHash());
                    return Outcome.done();
                }));
    }

    /** Ends a project; what may be fetched of it may not be fetched any more. */
    Outcome revoke(String id, String reason, Caller by) {
        return Right.toDecide(by)
                .orElseGet(() -> inState(id, ProjectState.REVOKED, held -> {
                    builds.newest(id).filter(ProjectDesk::running).ifPresent(build -> runner.cancel(build.id()));
                    move(held, ProjectState.REVOKED, by, reason.strip());
                    return Outcome.done();
                }));
    }

    /** Enters that the time of projects is over; their identifiers. */
    List<String> expire() {
        List<String> over = projects.expired(clock.instant());
        for (String id : over) {
            whole(() -> {
                projects.hold(id).ifPresent(held -> {
                    projects.move(id, new Step(ProjectState.EXPIRED, AuditEvent.SYSTEM, now(), ""));
                    trail.record(AuditEvent.of(AuditEvent.SYSTEM, "project.expired", object(id)));
                });
                return Outcome.done();
            });
        }
        return over;
    }

    /** A refusal of the gate, which is entered in the trail as well. */
    Outcome refused(Caller by, String id, DeliveryRefusal reason) {
        trail.record(new AuditEvent(by.name(), "project.refused", object(id), reason.code()));
        return Outcome.refused(reason.code());
    }

    /** Brings a project on and enters it. */
    void move(DataUseProject held, ProjectState state, Caller by, String note) {
        projects.move(held.id(), new Step(state, by.name(), now(), note));
        trail.record(new AuditEvent(
                by.name(), "project." + state.written(), object(held.id()), note.isEmpty() ? null : note));
    }

    /** Does something with a project that may go into this state. */
    private Outcome inState(String id, ProjectState wanted, Function<DataUseProject, Outcome> act) {
        return whole(() -> projects.hold(id)
                .map(held -> held.state().next().contains(wanted) ? act.apply(held) : Outcome.refused("state"))
                .orElseGet(() -> Outcome.refused("unknown")));
    }

    private Outcome whole(java.util.function.Supplier<Outcome> act) {
        return Objects.requireNonNull(projects.transactions().execute(status -> act.get()));
    }

    private Approval word(Caller by, String hash) {
        Approval.Role role = Right.isTransferOffice(by) ? Approval.Role.TRANSFER_OFFICE : Approval.Role.OTHER;
        return new Approval(by.name(), role, now(), hash);
    }

    private void note(Caller by, String what, DataUseProject project) {
        trail.record(new AuditEvent(
                by.name(),
                what,
                object(project.id()),
                "sha256:" + project.request().crtdlHash()));
    }

    private static boolean awaitsApproval(ProjectState state) {
        return state == ProjectState.BUILT || state == ProjectState.APPROVED_ONCE;
    }

    private static boolean running(Build build) {
        return build.state() == Build.State.RUNNING;
    }

    static String object(String id) {
        return "project:" + id;
    }

    private static LocalDate today() {
        return SiteData.today();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
