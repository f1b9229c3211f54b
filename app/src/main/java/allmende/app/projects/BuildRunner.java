package allmende.app.projects;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.audit.AccessLogUnavailable;
import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.site.Site;
import allmende.core.digest.Sha256;
import allmende.engine.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds one after the other in the background. What was under way when the site ended is built again from its snapshot. */
final class BuildRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BuildRunner.class);
    private static final Duration END_MAX = Duration.ofSeconds(20);
    private static final Duration TOLD_EVERY = Duration.ofMillis(500);

    private final Parts parts;
    private final Stops stops;
    private final Withdrawals withdrawals;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("project-builds").daemon().factory());
    private volatile boolean closed;

    BuildRunner(Parts parts, Stops stops, Withdrawals withdrawals) {
        this.parts = parts;
        this.stops = stops;
        this.withdrawals = withdrawals;
    }

    /** What it needs. */
    record Parts(
            Site site,
            ProjectTables projects,
            BuildTables builds,
            DeliveryVault vault,
            Building building,
            SecretKey patients,
            AuditTrail trail,
            AccessLog accesses,
            InstantSource clock) {}

    /** Goes on with what was under way; to be called once, before anything is begun. */
    void resume() {
        parts.builds().running().forEach(build -> begin(build.id()));
    }

    /** Builds what was entered under this number, when it is its turn. */
    void begin(long id) {
        thread.execute(() -> run(id));
    }

    /** Ends a build that is waiting or under way. */
    void cancel(long id) {
        stops.build(id);
    }

    private void run(long id) {
        Build build = parts.builds().find(id).orElseThrow();
        DataUseProject project = parts.projects().find(build.project()).orElseThrow();
        try {
            if (closed || stops.hasBuild(id)) {
                throw new InterruptedException();
            }
            awaitData();
            parts.accesses().require();
            Building.Room room = parts.vault().room(id);
            Building.Built built = parts.building().build(order(project, build, room), new Progress(id));
            keep(project, build, built);
            // whoever withdrew while it was built was not known to be in it
            withdrawals.since(build.t());
            withdrawals.missing(build);
        } catch (Building.Unbuildable e) {
            fail(build, Objects.toString(e.getMessage(), ""));
        } catch (InterruptedException e) {
            if (!closed) {
                end(build, Build.State.CANCELLED, "");
            }
        } catch (AccessLogUnavailable e) {
            fail(build, AccessLogUnavailable.SENTENCE);
        } catch (IOException | RuntimeException e) {
            // the message of a cause could quote values
            LOG.error("Build {} failed ({})", id, e.getClass().getName());
            LOG.debug("Cause", e);
            if (!closed) {
                fail(build, "");
            }
        } finally {
            stops.ended(id);
        }
    }

    private static Building.Order order(DataUseProject project, Build build, Building.Room room) {
        return new Building.Order(project, build.t(), build.consentDay(), build.at(), build.suppressTo(), room);
    }

    private void awaitData() throws InterruptedException {
        while (!(parts.site().state() instanceof Site.State.Ready)) {
            if (closed) {
                throw new InterruptedException();
            }
            Thread.sleep(TOLD_EVERY);
        }
    }

    private void keep(DataUseProject project, Build build, Building.Built built) throws IOException {
        Access.Who who = new Access.Who(build.by(), Access.Who.Kind.PERSON, List.of(), "");
        parts.accesses()
                .record(Access.by(who, Access.Action.EXPORT)
                        .on("project", project.id())
                        .of(Access.Patients.of(built.patients().keySet()))
                        .at(build.t()));
        String hash = parts.vault().contentHash(build.id());
        List<BuildTables.Member> members = members(built.patients());
        Instant now = parts.clock().instant();
        parts.projects().transactions().executeWithoutResult(status -> {
            DataUseProject held = parts.projects().hold(project.id()).orElseThrow();
            boolean stale = !held.request().hash().equals(build.requestHash())
                    || !held.state().next().contains(ProjectState.BUILT);
            if (stale) {
                parts.builds().ended(build.id(), Build.State.CANCELLED, "", now);
                return;
            }
            parts.builds().members(build.id(), members);
            parts.builds().done(build.id(), hash, built, now);
            parts.projects().move(project.id(), new Step(ProjectState.BUILT, build.by(), now, "#" + build.id()));
        });
        parts.trail()
                .record(new AuditEvent(
                        build.by(), "project.built", "project:" + project.id(), "t=" + build.t() + " sha256:" + hash));
        if (parts.builds().find(build.id()).orElseThrow().state() == Build.State.CANCELLED) {
            parts.vault().drop(build.id());
            return;
        }
        // nobody can approve or send off what a newer build has replaced
        for (long older : parts.builds().before(build)) {
            parts.vault().drop(older);
        }
    }

    private List<BuildTables.Member> members(Map<String, String> pseudonyms) {
        Store store = parts.site().data().store();
        List<BuildTables.Member> members = new ArrayList<>();
        pseudonyms.forEach((patient, pseudonym) -> members.add(new BuildTables.Member(
                Sha256.keyed(parts.patients(), patient),
                store.patientNumber(patient).orElse(-1),
                pseudonym)));
        return members;
    }

    private void fail(Build build, String sentence) {
        end(build, Build.State.FAILED, sentence);
        parts.trail()
                .record(new AuditEvent(build.by(), "project.build-failed", "project:" + build.project(), sentence));
    }

    private void end(Build build, Build.State state, String sentence) {
        parts.builds().ended(build.id(), state, sentence, parts.clock().instant());
        try {
            parts.vault().drop(build.id());
        } catch (IOException e) {
            throw new UncheckedIOException("The files of a build can't be deleted", e);
        }
    }

    /** Tells how far a build is, not more often than people look. */
    private final class Progress implements Building.Watch {

        private final long id;
        private Instant told = Instant.MIN;

        Progress(long id) {
            this.id = id;
        }

        @Override
        public synchronized void advanced(long done, long total) {
            Instant now = parts.clock().instant();
            if (told.isBefore(now.minus(TOLD_EVERY))) {
                told = now;
                parts.builds().progress(id, new Build.Progress(done, total));
            }
        }

        @Override
        public boolean cancelled() {
            return closed || stops.hasBuild(id);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
