package allmende.engine.extract;

import allmende.core.extraction.Descendants;
import allmende.core.extraction.ExclusionRule;
import allmende.core.extraction.ExtractPlan;
import allmende.core.extraction.Extraction;
import allmende.core.extraction.PlanRead;
import allmende.core.extraction.ProfileElements;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Extracts: the patients; then, in batches of them, what consent permits, what the groups ask for, what is linked to it,
 * reduced and de-identified; at last the resources of no patient that all this leads to. Everything is read as it was at one
 * {@code t}. A run that was stopped or killed is gone on with by the same request: finished batches are not worked on again.
 */
public final class Pipeline {

    /** File in the work folder with the ids of what was left out: for the data steward only. */
    public static final String IDS = "left-out.ndjson";

    /** Patients in a batch. */
    public static final int BATCH = 500;

    private static final int SHARED_BATCH = 0;
    private static final int COHORT_RECORD = -1;

    private final Store store;
    private final Knowledge knowledge;
    private final int workers;
    private final int batchSize;

    /**
     * What a site knows.
     *
     * @param cohorts finds patients
     * @param elements what is known of profiles
     * @param descendants what lies below codes
     * @param bases addresses of the site's own FHIR door, for absolute references, without a slash at the end
     */
    public record Knowledge(Cohorts cohorts, ProfileElements elements, Descendants descendants, Set<String> bases) {
        public Knowledge {
            bases = Set.copyOf(bases);
        }
    }

    /** Over this store, with two workers. */
    public Pipeline(Store store, Knowledge knowledge) {
        this(store, knowledge, 2, BATCH);
    }

    /**
     * Over this store.
     *
     * @param batchSize patients in a batch; the same for all runs of a job
     */
    public Pipeline(Store store, Knowledge knowledge, int workers, int batchSize) {
        this.store = store;
        this.knowledge = knowledge;
        this.workers = workers;
        this.batchSize = batchSize;
    }

    /** Plans an extraction without carrying it out, to tell early what is wrong with it. */
    public PlanRead plan(Extraction extraction) {
        return ExtractPlan.read(extraction, knowledge.elements(), knowledge.descendants());
    }

    /**
     * Carries an extraction out, or goes on with it. Hands each batch over and notes that it did; batch 0 comes last.
     *
     * @return what all runs of the job did; not complete where the watch stopped this one
     * @throws ExtractFailed if it can't be carried out
     * @throws IOException if the sink or the work folder can't be written
     */
    public ExtractReport run(ExtractRequest request, ExtractSink sink, Watch watch) throws IOException {
        ExtractPlan plan =
                switch (plan(request.extraction())) {
                    case PlanRead.Planned(ExtractPlan planned) -> planned;
                    case PlanRead.Refused refused ->
                        throw new ExtractFailed(refused.problems().getFirst().message());
                };
        WorkFolder work = WorkFolder.open(request.work());
        Job job = new Job(request, plan, work, cohort(request, work), new Outside(sink, watch));
        return job.run();
    }

    private RoaringBitmap cohort(ExtractRequest request, WorkFolder work) throws IOException {
        RoaringBitmap known = work.cohort().orElse(null);
        if (known != null && work.done(COHORT_RECORD).isPresent()) {
            return known;
        }
        Tally tally = new Tally();
        List<String> named = request.patients();
        RoaringBitmap cohort =
                named == null ? knowledge.cohorts().patients(request.cohort(), request.day()) : numbers(named, tally);
        work.cohort(cohort);
        work.finish(COHORT_RECORD, new WorkFolder.Done(tally, Map.of()));
        return cohort;
    }

    private RoaringBitmap numbers(List<String> patients, Tally tally) {
        RoaringBitmap numbers = new RoaringBitmap();
        for (String patient : new TreeSet<>(patients)) {
            OptionalInt number = store.patientNumber(patient);
            if (number.isPresent()) {
                numbers.add(number.getAsInt());
            } else {
                tally.patient(patient, ExclusionRule.PATIENT_UNKNOWN.stage(), ExclusionRule.PATIENT_UNKNOWN.code(), "");
            }
        }
        return numbers;
    }

    /** Who takes what is extracted, and who watches. */
    private record Outside(ExtractSink sink, Watch watch) {}

    /** One run. */
    private final class Job {

        private final ExtractRequest request;
        private final ExtractPlan plan;
        private final WorkFolder work;
        private final int[] cohort;
        private final ExtractSink sink;
        private final Watch watch;
        private final Addresses addresses = new Addresses(knowledge.bases());
        private final SharedPool pool;
        private final Tally total = new Tally();
        private final Map<ResourceKey, Set<Integer>> shared = new HashMap<>();
        private final long began = System.nanoTime();
        private long patientsBefore;
        private long patientsDone;

        Job(ExtractRequest request, ExtractPlan plan, WorkFolder work, RoaringBitmap cohort, Outside outside) {
            this.request = request;
            this.plan = plan;
            this.work = work;
            this.cohort = cohort.toArray();
            this.sink = outside.sink();
            this.watch = outside.watch();
            this.pool = new SharedPool(plan, store.bulk(), request.t(), addresses);
        }

        ExtractReport run() throws IOException {
            SharedRun last = new SharedRun(plan, request, store.bulk(), pool, addresses);
            merge(last.direct());
            work.done(COHORT_RECORD).ifPresent(done -> total.add(done.tally()));
            List<Integer> open = new ArrayList<>();
            for (int batch = 1; batch <= batches(); batch++) {
                WorkFolder.Done done = work.done(batch).orElse(null);
                if (done == null) {
                    open.add(batch);
                } else {
                    finished(batch, done);
                }
            }
            patientsBefore = patientsDone;
            boolean complete = parallel(open) && deliverShared(last);
            if (complete && !work.hasIds()) {
                List<Integer> all = new ArrayList<>();
                for (int batch = COHORT_RECORD; batch <= batches(); batch++) {
                    all.add(batch);
                }
                work.collectIds(all);
            }
            return total.report(request, complete, cohort.length);
        }

        private int batches() {
            return (cohort.length + batchSize - 1) / batchSize;
        }

        private List<Integer> patients(int batch) {
            List<Integer> patients = new ArrayList<>(batchSize);
            for (int i = (batch - 1) * batchSize; i < Math.min(batch * batchSize, cohort.length); i++) {
                patients.add(cohort[i]);
            }
            return patients;
        }

        /** False where the watch stopped it. */
        private boolean parallel(List<Integer> open) throws IOException {
            AtomicInteger next = new AtomicInteger();
            List<Future<Boolean>> futures = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(
                    workers, Thread.ofPlatform().daemon().name("extract").factory())) {
                for (int i = 0; i < workers; i++) {
                    futures.add(threads.submit(() -> work(open, next)));
                }
                boolean complete = true;
                for (Future<Boolean> future : futures) {
                    complete &= get(future, next, open.size());
                }
                return complete;
            }
        }

        private static boolean get(Future<Boolean> future, AtomicInteger next, int end) throws IOException {
            try {
                return future.get();
            } catch (ExecutionException failed) {
                next.set(end);
                switch (failed.getCause()) {
                    case IOException io -> throw io;
                    case RuntimeException problem -> throw problem;
                    case Error error -> throw error;
                    case null, default -> throw new IllegalStateException(failed);
                }
            } catch (InterruptedException stop) {
                next.set(end);
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private boolean work(List<Integer> open, AtomicInteger next) throws IOException {
            for (int i = next.getAndIncrement(); i < open.size(); i = next.getAndIncrement()) {
                if (watch.stopped() || !batch(open.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private boolean batch(int number) throws IOException {
            WorkFolder.Done done;
            try (BatchSink batch = sink.batch(number)) {
                done = new BatchRun(store, plan, request, pool, addresses).run(patients(number), batch, watch);
                if (done == null) {
                    return false;
                }
                batch.complete();
            }
            work.finish(number, done);
            watch.advanced(finished(number, done));
            return true;
        }

        private synchronized ExtractProgress finished(int batch, WorkFolder.Done done) {
            total.add(done.tally());
            merge(done.shared());
            patientsDone += batch == SHARED_BATCH ? 0 : patients(batch).size();
            return new ExtractProgress(cohort.length, patientsDone, total.readSoFar(), total.deliveredSoFar(), left());
        }

        private @Nullable Duration left() {
            long here = patientsDone - patientsBefore;
            return here <= 0
                    ? null
                    : Duration.ofNanos((System.nanoTime() - began) / here).multipliedBy(cohort.length - patientsDone);
        }

        private void merge(Map<ResourceKey, Set<Integer>> more) {
            more.forEach((key, groups) ->
                    shared.computeIfAbsent(key, each -> new TreeSet<>()).addAll(groups));
        }

        private boolean deliverShared(SharedRun last) throws IOException {
            if (watch.stopped()) {
                return false;
            }
            WorkFolder.Done before = work.done(SHARED_BATCH).orElse(null);
            if (before != null) {
                finished(SHARED_BATCH, before);
                return true;
            }
            Tally tally = new Tally();
            try (BatchSink batch = sink.batch(SHARED_BATCH)) {
                last.deliver(shared, batch, tally);
                batch.complete();
            }
            WorkFolder.Done done = new WorkFolder.Done(tally, Map.of());
            work.finish(SHARED_BATCH, done);
            finished(SHARED_BATCH, done);
            return true;
        }
    }
}
