package allmende.app.projects;

import allmende.app.audit.AuditEvent;
import allmende.app.site.Site;
import allmende.core.digest.Sha256;
import allmende.engine.store.ChangePage;
import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows what changes in consents. Where what a build took of a patient is not permitted any more, the build can't leave,
 * fetching ends, and who has it already is given a task to delete. The same where a patient was erased.
 */
final class Withdrawals {

    /** Name of this follower in the tables. */
    static final String FOLLOWER = "consent";

    private static final int PAGE = 2_000;
    private static final String ERASED = "erased";
    private static final int ID_BYTES = 10;

    private final BuildRunner.Parts parts;
    private final DeliveryTables deliveries;
    private final Permission permission;
    private final Stops stops;
    private final SecureRandom random = new SecureRandom();

    Withdrawals(BuildRunner.Parts parts, DeliveryTables deliveries, Permission permission, Stops stops) {
        this.parts = parts;
        this.deliveries = deliveries;
        this.permission = permission;
        this.stops = stops;
    }

    /** Looks at all that was committed up to now. Does nothing before the first build: nobody's data is anywhere then. */
    synchronized void catchUp() {
        Optional<Long> reached = parts.projects().reached(FOLLOWER);
        if (reached.isEmpty() || !(parts.site().state() instanceof Site.State.Ready)) {
            return;
        }
        Store store = parts.site().data().store();
        long t = reached.get();
        while (t < store.currentT()) {
            ChangePage page = store.changes(t, PAGE);
            if (page.t() == t) {
                return;
            }
            look(page, store);
            t = page.t();
            parts.projects().reached(FOLLOWER, t);
        }
    }

    /** Looks again at what has changed since a build's snapshot: whoever withdrew while it was built is found. */
    synchronized void since(long afterT) {
        Store store = parts.site().data().store();
        long t = afterT;
        while (t < store.currentT()) {
            ChangePage page = store.changes(t, PAGE);
            if (page.t() == t) {
                return;
            }
            look(page, store);
            t = page.t();
        }
    }

    private void look(ChangePage page, Store store) {
        Set<Integer> patients = new TreeSet<>();
        for (Change change : page.changes()) {
            boolean gone = change.key().type().equals("Patient") && change.body() == null;
            if (change.patient() >= 0 && (gone || change.key().type().equals("Consent"))) {
                patients.add(change.patient());
            }
        }
        if (patients.isEmpty()) {
            return;
        }
        Map<Integer, String> ids = store.patientIds(patients);
        for (int patient : patients) {
            String id = ids.get(patient);
            if (id == null) {
                erased(patient, page.t());
            } else {
                evaluate(id, page.t());
            }
        }
    }

    /** Finds who was erased while a build was made: the store did not know them any more when the build ended. */
    synchronized void missing(Build build) {
        for (byte[] key : parts.builds().keysWithoutNumber(build.id())) {
            withdraw(build.id(), key, ERASED, build.t());
        }
    }

    private void erased(int patient, long t) {
        try {
            // nobody knows any more what the patient was called: what was left out of builds names them perhaps
            parts.vault().forgetLeftOut();
        } catch (IOException e) {
            throw new UncheckedIOException("Ids that were left out can't be deleted", e);
        }
        for (byte[] key : parts.builds().keys(patient)) {
            for (long build : parts.builds().with(key)) {
                withdraw(build, key, ERASED, t);
            }
        }
    }

    private void evaluate(String id, long t) {
        byte[] key = Sha256.keyed(parts.patients(), id);
        for (long number : parts.builds().with(key)) {
            Build build = parts.builds().find(number).orElseThrow();
            reason(build, id).ifPresent(reason -> withdraw(number, key, reason, t));
        }
        for (Build running : parts.builds().running()) {
            if (running.t() < t && reason(running, id).isPresent()) {
                stops.build(running.id());
            }
        }
    }

    private Optional<String> reason(Build build, String patient) {
        DataUseProject project = parts.projects().find(build.project()).orElseThrow();
        LocalDate day = build.consentDay();
        return permission.withdrawn(project, patient, build.t(), day);
    }

    private void withdraw(long build, byte[] key, String reason, long t) {
        Instant now = parts.clock().instant().truncatedTo(ChronoUnit.MICROS);
        BuildTables.Member whom = new BuildTables.Member(key, -1, parts.builds().pseudonym(build, key));
        List<Delivery> affected = deliveries.ofBuild(build);
        parts.projects().transactions().executeWithoutResult(status -> {
            if (parts.builds().withdraw(build, key, t, reason, now)) {
                for (Delivery delivery : affected) {
                    deliveries.task(name(), delivery.id(), whom, reason, now);
                    deliveries.stop(delivery.id(), "withdrawn", now);
                    parts.trail()
                            .record(new AuditEvent(
                                    AuditEvent.SYSTEM, "delivery.withdrawn", "delivery:" + delivery.id(), reason));
                }
            }
        });
        affected.forEach(delivery -> stops.delivery(delivery.id()));
        drop(build, affected);
    }

    /** What can't leave any more does not lie about either. */
    private void drop(long build, List<Delivery> affected) {
        try {
            parts.builds().clearSample(build);
            parts.vault().drop(build);
            for (Delivery delivery : affected) {
                parts.vault().dropDelivery(delivery.id());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The files of a withdrawn build can't be deleted", e);
        }
    }

    private String name() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
