package allmende.app.projects;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.identity.Caller;
import allmende.core.digest.Sha256;
import allmende.core.disclosure.DeliveryDecision;
import allmende.core.disclosure.DeliveryDecision.Ticket;
import allmende.core.disclosure.DeliveryGate;
import allmende.core.disclosure.Released;
import allmende.core.disclosure.Unreleased;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Sends deliveries off and lets their recipients fetch them; asks the gate each time. */
final class Dispatch {

    private static final int TOKEN_BYTES = 32;
    private static final int ID_BYTES = 10;

    private final BuildRunner.Parts parts;
    private final ProjectDesk desk;
    private final DeliveryTables deliveries;
    private final Ways ways;
    private final Cases cases;
    private final ProjectTables projects;
    private final BuildTables builds;
    private final AuditTrail trail;
    private final AccessLog accesses;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Dispatch(BuildRunner.Parts parts, ProjectDesk desk, DeliveryTables deliveries, Ways ways) {
        this.parts = parts;
        this.desk = desk;
        this.deliveries = deliveries;
        this.ways = ways;
        this.cases = new Cases(parts.builds());
        this.projects = parts.projects();
        this.builds = parts.builds();
        this.trail = parts.trail();
        this.accesses = parts.accesses();
        this.clock = parts.clock();
    }

    /**
     * What sending off needs besides.
     *
     * @param sealer encrypts
     * @param stops what ends fetching under way
     * @param withdrawals asked for the newest before anything leaves
     * @param handover puts deliveries where the transport software looks
     */
    record Ways(Sealer sealer, Stops stops, Withdrawals withdrawals, Handover handover) {}

    /** What somebody with a token may do. */
    sealed interface Fetch {

        /** Fetch this file now. */
        record Ready(Released<Ticket<Delivery>> ticket, Delivery.SealedFile file) implements Fetch {}

        /** Nothing; why, a stable code. */
        record Refused(String code) implements Fetch {}
    }

    /** Deliveries of a project, the newest first. */
    List<Delivery> of(String project) {
        return deliveries.of(project);
    }

    /**
     * Sends off what two people have approved: encrypts it and lets the recipient fetch it, or puts it into the store.
     *
     * @return with a token for the recipient, which is never shown again
     */
    synchronized Outcome deliver(String id, Delivery.Channel channel, Caller by) {
        Optional<Outcome> hindered = Right.toDecide(by);
        if (hindered.isPresent()) {
            return hindered.get();
        }
        DataUseProject project = projects.find(id).orElse(null);
        Build build = builds.newest(id).orElse(null);
        if (project == null || build == null) {
            return Outcome.refused(project == null ? "unknown" : "state");
        }
        ways.withdrawals().catchUp();
        try {
            String content = parts.vault().contentHash(build.id());
            return switch (DeliveryGate.decide(Unreleased.of(build), cases.of(project, build, content), now())) {
                case DeliveryDecision.Refused<Build>(var reason) -> desk.refused(by, id, reason);
                case DeliveryDecision.Granted<Build>(var ticket) ->
                    project.state() == ProjectState.APPROVED
                            ? seal(project, ticket, channel, by)
                            : Outcome.refused("state");
            };
        } catch (IOException e) {
            return Outcome.refused("disk");
        }
    }

    private Outcome seal(DataUseProject project, Released<Ticket<Build>> ticket, Delivery.Channel channel, Caller by)
            throws IOException {
        String id = HexFormat.of().formatHex(bytes(ID_BYTES));
        Build build = ticket.content().delivery();
        List<Delivery.SealedFile> files = parts.vault()
                .seal(ticket, id, ways.sealer(), project.recipient().key());
        Delivery delivery = new Delivery(
                id,
                project.id(),
                build.id(),
                by.name(),
                now(),
                channel,
                ticket.content().approvedBy(),
                project.expiry(),
                files,
                null,
                "");
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TOKEN_BYTES));
        Outcome written = Objects.requireNonNull(projects.transactions().execute(status -> {
            DataUseProject held = projects.hold(project.id()).orElseThrow();
            // packing took its time: whoever has changed or revoked it meanwhile is heard
            if (DeliveryGate.decide(
                            Unreleased.of(build),
                            cases.of(held, build, ticket.content().binding().contentHash()),
                            now())
                    instanceof DeliveryDecision.Refused<Build>(var reason)) {
                return desk.refused(by, project.id(), reason);
            }
            deliveries.write(delivery, Sha256.hex(token));
            desk.move(held, ProjectState.DELIVERED, by, "delivery:" + id);
            return new Outcome.Done(token);
        }));
        if (written instanceof Outcome.Refused) {
            parts.vault().dropDelivery(id);
            return written;
        }
        parts.vault().drop(build.id());
        return channel == Delivery.Channel.STORE ? handOver(delivery, by, written) : written;
    }

    private Outcome handOver(Delivery delivery, Caller by, Outcome written) throws IOException {
        return switch (decide(delivery)) {
            case DeliveryDecision.Refused<Delivery>(var reason) -> desk.refused(by, delivery.project(), reason);
            case DeliveryDecision.Granted<Delivery>(var ticket) -> {
                accesses.record(Access.by(by.who(), Access.Action.EXPORT)
                        .on("DocumentReference", delivery.id())
                        .of(patients(delivery)));
                Outcome over = ways.handover().put(parts.vault(), ticket, now());
                yield over instanceof Outcome.Refused ? over : written;
            }
        };
    }

    /** The delivery that a token is for; nothing for a token of none. */
    Optional<Delivery> ofToken(String token) {
        return token.isBlank() ? Optional.empty() : deliveries.ofToken(Sha256.hex(token.strip()));
    }

    /** What the recipient has to delete, up to this moment; reading it is noted. */
    List<DeletionTask> tasks(Delivery delivery) {
        ways.withdrawals().catchUp();
        deliveries.seen(delivery.id(), now());
        return deliveries.tasks(delivery.id());
    }

    /** Confirms a deletion for whoever holds the token of the delivery. */
    boolean confirm(Delivery delivery, String task, String remark) {
        boolean own = deliveries.tasks(delivery.id()).stream()
                .anyMatch(one -> one.id().equals(task));
        return own && confirmed(task, "recipient", remark);
    }

    /** Confirms a deletion for a recipient who has told it otherwise. */
    Outcome confirm(String task, String remark, Caller by) {
        return Right.toDecide(by)
                .orElseGet(() -> confirmed(task, by.name(), remark) ? Outcome.done() : Outcome.refused("unknown"));
    }

    private boolean confirmed(String task, String by, String remark) {
        boolean done = deliveries.confirm(task, by, remark, now());
        if (done) {
            trail.record(AuditEvent.of(by, "deletion.confirmed", "deletion:" + task));
        }
        return done;
    }

    /** Asks whether a file may be fetched with this token now. */
    Fetch fetch(String token, String name) {
        Delivery delivery = ofToken(token).orElse(null);
        if (delivery == null || delivery.channel() != Delivery.Channel.DOWNLOAD) {
            return new Fetch.Refused("token");
        }
        Optional<Delivery.SealedFile> file =
                delivery.files().stream().filter(one -> one.name().equals(name)).findFirst();
        if (file.isEmpty()) {
            return new Fetch.Refused("unknown");
        }
        ways.withdrawals().catchUp();
        return switch (decide(delivery)) {
            case DeliveryDecision.Refused<Delivery>(var reason) -> new Fetch.Refused(reason.code());
            case DeliveryDecision.Granted<Delivery>(var ticket) -> new Fetch.Ready(ticket, file.get());
        };
    }

    /** The gate's word about a delivery that is there, of this moment. */
    private DeliveryDecision<Delivery> decide(Delivery delivery) {
        DataUseProject project = projects.find(delivery.project()).orElseThrow();
        Build build = builds.find(delivery.build()).orElseThrow();
        Delivery now = deliveries.find(delivery.id()).orElseThrow();
        return DeliveryGate.decide(
                Unreleased.of(now), cases.of(project, build, build.contentHash(), now), clock.instant());
    }

    /** Sends a file; what became of it is kept. */
    void send(Released<Ticket<Delivery>> ticket, Delivery.SealedFile file, OutputStream out, String address)
            throws IOException {
        Delivery delivery = ticket.content().delivery();
        Access.Who who =
                new Access.Who("recipient of " + delivery.project(), Access.Who.Kind.MACHINE, List.of(), address);
        accesses.record(Access.by(who, Access.Action.DOWNLOAD)
                .on("delivery", delivery.id())
                .of(patients(delivery)));
        String outcome = "broken";
        try {
            outcome = parts.vault().send(ticket, file, out, () -> open(delivery)) ? "whole" : "stopped";
        } finally {
            deliveries.fetched(delivery.id(), new DeliveryTables.Download(file.name(), now(), address, outcome));
        }
        if (outcome.equals("stopped")) {
            throw new IOException("The delivery was stopped");
        }
    }

    private boolean open(Delivery delivery) {
        return !ways.stops().hasDelivery(delivery.id()) && delivery.open(clock.instant());
    }

    /** The ids stay in the store: the register knows patients by their hashes alone. */
    private Access.Patients patients(Delivery delivery) {
        return new Access.Patients(
                List.of(), builds.find(delivery.build()).orElseThrow().size().patients());
    }

    /** How much of a delivery is still to be deleted. */
    long openTasks(Delivery delivery) {
        return deliveries.tasks(delivery.id()).stream()
                .filter(task -> !task.confirmed())
                .count();
    }

    List<DeliveryTables.Download> downloads(Delivery delivery) {
        return deliveries.downloads(delivery.id());
    }

    /** Ends a project and what may be fetched of it. */
    Outcome revoke(String id, String reason, Caller by) {
        Outcome revoked = desk.revoke(id, reason, by);
        if (revoked instanceof Outcome.Done) {
            stop(id, "revoked");
            builds.newest(id).ifPresent(this::drop);
        }
        return revoked;
    }

    /** Ends projects whose time is over; their files go. */
    void expire() throws IOException {
        for (String id : desk.expire()) {
            stop(id, "expired");
            Optional<Build> build = builds.newest(id);
            if (build.isPresent()) {
                parts.vault().drop(build.get().id());
            }
        }
    }

    private void drop(Build build) {
        try {
            parts.vault().drop(build.id());
        } catch (IOException e) {
            trail.record(AuditEvent.of(AuditEvent.SYSTEM, "build.not-deleted", ProjectDesk.object(build.project())));
        }
    }

    private void stop(String project, String why) {
        for (Delivery delivery : deliveries.of(project)) {
            ways.stops().delivery(delivery.id());
            deliveries.stop(delivery.id(), why, now());
            try {
                parts.vault().dropDelivery(delivery.id());
            } catch (IOException e) {
                trail.record(AuditEvent.of(AuditEvent.SYSTEM, "delivery.not-deleted", "delivery:" + delivery.id()));
            }
        }
    }

    private byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        random.nextBytes(bytes);
        return bytes;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
