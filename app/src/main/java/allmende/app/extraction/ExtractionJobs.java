package allmende.app.extraction;

import allmende.app.extraction.ExtractionState.Phase;
import allmende.app.extraction.ExtractionState.Priority;
import allmende.app.site.DataFolder;
import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.engine.extract.ExtractFailed;
import allmende.engine.extract.ExtractProgress;
import allmende.engine.extract.ExtractReport;
import allmende.engine.extract.ExtractRequest;
import allmende.engine.extract.Pipeline;
import allmende.engine.extract.Watch;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a site, each a folder: {@code job.json}, {@code work} of the pipeline, {@code out} of the destination. One is
 * worked on at a time, as each keeps the database and two processors busy.
 */
final class ExtractionJobs implements ExtractionDesk, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExtractionJobs.class);
    private static final long POLL_MILLIS = 200;
    private static final Duration INDEX_MAX = Duration.ofMinutes(10);
    private static final ExtractProgress NOTHING = new ExtractProgress(0, 0, 0, 0, null);

    private final Site site;
    private final Path root;
    private final InstantSource clock;
    private final Function<SiteData, Pipeline> pipelines;
    private final Map<String, Destination> destinations;
    private final Map<String, JobRecord> jobs = new ConcurrentHashMap<>();
    private final Map<String, ExtractProgress> progress = new ConcurrentHashMap<>();
    private final Thread worker;
    private volatile boolean closed;
    private boolean woken;

    ExtractionJobs(
            Site site,
            Map<String, Destination> destinations,
            Function<SiteData, Pipeline> pipelines,
            InstantSource clock) {
        this.site = site;
        this.root = site.location().data().resolve("extractions");
        this.destinations = Map.copyOf(destinations);
        this.pipelines = pipelines;
        this.clock = clock;
        JobFiles.all(root)
                .forEach(job -> jobs.put(job.id(), job.phase() == Phase.RUNNING ? job.with(Phase.WAITING, null) : job));
        this.worker = Thread.ofPlatform().daemon().name("extractions").start(this::work);
    }

    @Override
    public Begun begin(ExtractionOrder order) {
        LocalDate wished = order.day();
        LocalDate day = wished == null ? SiteData.today() : wished;
        SiteData data = site.data();
        return switch (Orders.read(order.crtdl(), day, order.rules(), data, pipelines.apply(data))) {
            case Orders.Read.Refused refused -> new Begun.Refused(refused.problems());
            case Orders.Read.Usable usable -> {
                DataFolder.prepare(root);
                JobRecord job = new JobRecord(
                        UUID.randomUUID().toString(),
                        order,
                        Phase.WAITING,
                        Priority.ROUTINE,
                        1,
                        0,
                        day,
                        null,
                        null,
                        clock.instant(),
                        null);
                keep(job);
                yield new Begun.Accepted(job.id());
            }
        };
    }

    private synchronized void keep(JobRecord job) {
        JobFiles.write(root.resolve(job.id()), job);
        jobs.put(job.id(), job);
        woken = true;
        notifyAll();
    }

    @Override
    public Optional<ExtractionState> state(String id) {
        return Optional.ofNullable(jobs.get(id)).map(this::state);
    }

    private ExtractionState state(JobRecord job) {
        return new ExtractionState(
                job.id(),
                job.order(),
                job.phase(),
                job.priority(),
                job.version(),
                job.t(),
                progress.getOrDefault(job.id(), NOTHING),
                job.report(),
                job.failure(),
                job.begun(),
                job.ended());
    }

    @Override
    public List<ExtractionState> jobs() {
        return jobs.values().stream()
                .sorted(Comparator.comparing(JobRecord::begun).reversed())
                .map(this::state)
                .toList();
    }

    @Override
    public void cancel(String id) {
        change(id, Phase.CANCELLED);
    }

    /**
     * Changes what a job is, as far as that is possible now.
     *
     * @return whether it was
     */
    synchronized boolean change(String id, Phase to) {
        JobRecord job = jobs.get(id);
        boolean possible = job != null
                && !job.phase().ended()
                && job.phase() != to
                && (to != Phase.WAITING || job.phase() == Phase.PAUSED);
        if (job != null && possible) {
            keep(job.with(to, to.ended() ? clock.instant() : null));
        }
        return possible;
    }

    /** Gives a job another priority; false where it is no job or has ended. */
    synchronized boolean prioritise(String id, Priority priority) {
        JobRecord job = jobs.get(id);
        if (job == null || job.phase().ended()) {
            return false;
        }
        keep(job.with(priority));
        return true;
    }

    @Override
    public void remove(String id) {
        cancel(id);
        synchronized (this) {
            if (jobs.remove(id) != null) {
                progress.remove(id);
                JobFiles.delete(root.resolve(id));
            }
        }
    }

    @Override
    public Path folder(String id) {
        return root.resolve(id).resolve("out");
    }

    /** Where the pipeline keeps the ids of what was left out. */
    Path leftOut(String id) {
        return root.resolve(id).resolve("work").resolve(Pipeline.IDS);
    }

    private void work() {
        try {
            while (!closed) {
                JobRecord job = next();
                if (job != null && site.state() instanceof Site.State.Ready(SiteData data)) {
                    run(job, data);
                } else {
                    await();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that was written before the job began, once it can be counted; what there is where that takes too long. */
    private static long snapshot(SiteData data) {
        boolean reached = data.index().awaitT(data.store().currentT(), INDEX_MAX);
        if (!reached) {
            LOG.warn("The index is behind; the extraction takes what it has reached.");
        }
        return data.index().t();
    }

    /** Until somebody wakes, or for a while. */
    private synchronized void await() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
        long left = POLL_MILLIS;
        while (!woken && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        woken = false;
    }

    private synchronized @Nullable JobRecord next() {
        return jobs.values().stream()
                .filter(job -> job.phase() == Phase.WAITING)
                .max(Comparator.comparing(JobRecord::priority)
                        .thenComparing(JobRecord::begun, Comparator.reverseOrder()))
                .orElse(null);
    }

    private void run(JobRecord waiting, SiteData data) {
        JobRecord job = waiting.with(Phase.RUNNING, null).at(waiting.t() == 0 ? snapshot(data) : waiting.t());
        keep(job);
        try {
            extract(job, data);
        } catch (ExtractFailed failed) {
            end(job.failed(failed.reason(), clock.instant()));
        } catch (IOException | RuntimeException broken) {
            if (!closed) {
                LOG.error("An extraction failed: {}", broken.getClass().getName());
                end(job.failed(
                        "The extraction stopped with an error; the log of the site tells more.", clock.instant()));
            }
        }
    }

    private void extract(JobRecord job, SiteData data) throws IOException {
        Pipeline pipeline = pipelines.apply(data);
        Destination destination = destinations.get(job.order().destination());
        if (destination == null) {
            throw new ExtractFailed("There is no destination " + job.order().destination() + ".");
        }
        if (!(Orders.read(job.order().crtdl(), job.day(), job.order().rules(), data, pipeline)
                instanceof Orders.Read.Usable usable)) {
            throw new ExtractFailed("The selection can't be carried out any more; send it again to see why.");
        }
        Path out = folder(job.id());
        Files.createDirectories(out);
        ExtractRequest request = new ExtractRequest(
                usable.cohort(),
                usable.extraction(),
                job.t(),
                job.day(),
                usable.consent(),
                job.order().patients(),
                destination.deidentification(job.order()),
                root.resolve(job.id()).resolve("work"));
        Destination.Delivering sink = destination.open(out, job.order());
        ExtractReport report = pipeline.run(request, sink, watch(job.id()));
        if (report.complete() && !stopped(job.id())) {
            sink.finish(report);
            end(job.done(report, clock.instant()));
        }
    }

    private Watch watch(String id) {
        return new Watch() {
            @Override
            public boolean stopped() {
                return ExtractionJobs.this.stopped(id);
            }

            @Override
            public void advanced(ExtractProgress now) {
                progress.put(id, now);
            }
        };
    }

    private boolean stopped(String id) {
        JobRecord job = jobs.get(id);
        return closed || job == null || job.phase() != Phase.RUNNING;
    }

    /** Ends a job that nobody has ended meanwhile. */
    private synchronized void end(JobRecord ended) {
        JobRecord now = jobs.get(ended.id());
        if (now == null) {
            JobFiles.delete(root.resolve(ended.id()));
        } else if (!now.phase().ended()) {
            keep(ended);
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        try {
            worker.join(POLL_MILLIS * 100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The files of jobs. */
    private static final class JobFiles {

        static List<JobRecord> all(Path root) {
            if (!Files.isDirectory(root)) {
                return List.of();
            }
            try (var folders = Files.list(root)) {
                return folders.flatMap(folder -> read(folder).stream()).toList();
            } catch (IOException unreadable) {
                LOG.warn("The folder of extractions can't be read; those that had begun don't go on.");
                return List.of();
            }
        }

        private static Optional<JobRecord> read(Path folder) {
            try {
                return Optional.of(JobRecord.of(Files.readAllBytes(folder.resolve(JobRecord.FILE))));
            } catch (IOException | RuntimeException notBegun) {
                return Optional.empty();
            }
        }

        static void write(Path folder, JobRecord job) {
            try {
                Files.createDirectories(folder);
                Path part = folder.resolve(JobRecord.FILE + ".part");
                Files.write(part, job.json());
                Files.move(
                        part,
                        folder.resolve(JobRecord.FILE),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void delete(Path folder) {
            try {
                Trees.delete(folder);
            } catch (IOException gone) {
                LOG.warn("The files of an extraction could not all be removed.");
            }
        }
    }
}
