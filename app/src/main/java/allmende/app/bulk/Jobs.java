package allmende.app.bulk;

import allmende.app.fhirapi.FhirProblem;
import allmende.app.site.DataFolder;
import allmende.app.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exports of a site: begins them, works on them, goes on with them after a restart, removes them. Files are written
 * by a few threads; parts of the oldest job come first.
 */
final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final long SITE_POLL_MILLIS = 200;

    private final Site site;
    private final Path root;
    private final BulkLimits limits;
    private final InstantSource clock;
    private final PartWriter writer;
    private final Map<String, RunningJob> jobs = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<RunningJob> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> workers;
    private volatile boolean closed;

    Jobs(Site site, BulkLimits limits, InstantSource clock, PartWriter writer) {
        this.site = site;
        this.root = site.location().data().resolve("exports");
        this.limits = limits;
        this.clock = clock;
        this.writer = writer;
        goOn();
        this.workers = Stream.generate(
                        () -> Thread.ofPlatform().daemon().name("export").unstarted(this::work))
                .limit(limits.workers())
                .toList();
        workers.forEach(Thread::start);
    }

    /** Takes up what a server before this one left. */
    private void goOn() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> folders = Files.list(root)) {
            folders.map(JobFolder::new)
                    .flatMap(folder -> {
                        Optional<Job> job = folder.job();
                        if (job.isEmpty()) {
                            folder.remove();
                        }
                        return job.map(known -> new RunningJob(known, folder)).stream();
                    })
                    .sorted(Comparator.comparing((RunningJob job) -> job.job().begun()))
                    .forEach(this::add);
        } catch (IOException e) {
            LOG.warn("The folder of exports can't be read; exports that had begun don't go on.");
        }
    }

    private void add(RunningJob job) {
        jobs.put(job.job().id(), job);
        if (!job.isEnded()) {
            for (int i = 0; i < limits.workers(); i++) {
                waiting.add(job);
            }
        }
    }

    /**
     * Makes sure that one more job may begin.
     *
     * @throws FhirProblem 429 if not
     */
    void requireRoom(String owner) {
        expire();
        long own = jobs.values().stream()
                .filter(job -> job.job().owner().equals(owner))
                .count();
        if (own >= limits.jobsPerCaller() || jobs.size() >= limits.jobs()) {
            throw FhirProblem.of(
                            429,
                            "throttled",
                            "There are as many exports as there may be (" + limits.jobsPerCaller()
                                    + " for one caller). Fetch and delete one, then try again.")
                    .with("Retry-After", "60");
        }
    }

    /** Begins a job. */
    void begin(Job job) {
        DataFolder.prepare(root);
        JobFolder folder = new JobFolder(root.resolve(job.id()));
        folder.begin(job);
        add(new RunningJob(job, folder));
    }

    /**
     * A caller's job.
     *
     * @throws FhirProblem 404 if the caller has none of this id
     */
    RunningJob find(String id, String owner) {
        expire();
        RunningJob job = jobs.get(id);
        if (job == null || !job.job().owner().equals(owner)) {
            throw FhirProblem.notFound("There is no such export, or it has expired.");
        }
        return job;
    }

    /** Ends a job and removes its files. */
    void remove(RunningJob job) {
        jobs.remove(job.job().id());
        job.cancel();
    }

    /** When the files of a job go. */
    Instant expires(Instant ended) {
        return ended.plus(limits.kept());
    }

    private void expire() {
        Instant now = clock.instant();
        for (RunningJob job : jobs.values()) {
            Instant ended = job.ended();
            if (ended != null && expires(ended).isBefore(now)) {
                remove(job);
            }
        }
    }

    private void work() {
        try {
            awaitSite();
            while (!closed) {
                RunningJob job = waiting.poll(1, TimeUnit.HOURS);
                if (job == null) {
                    expire();
                } else {
                    job.work(site.data().store(), writer);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitSite() throws InterruptedException {
        while (!closed
                && !(site.state() instanceof Site.State.Ready)
                && !(site.state() instanceof Site.State.CatchingUp)) {
            Thread.sleep(SITE_POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        closed = true;
        jobs.values().forEach(RunningJob::pause);
        workers.forEach(Thread::interrupt);
        for (Thread worker : workers) {
            try {
                worker.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
