package allmende.synth;

import allmende.synth.kds.CourseWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Writes a hospital to disk: workers generate slices of patients, the caller's thread puts them down in order. A fixed
 * number of slices is under way at any time, so that memory does not grow with the hospital.
 */
final class HospitalFiles {

    private static final int PATIENTS_PER_SLICE = 50;

    private final SyntheticHospital hospital;
    private final int threads;
    private final LongConsumer resourcesWritten;
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private long resources;

    HospitalFiles(SyntheticHospital hospital, int threads, LongConsumer resourcesWritten) {
        this.hospital = hospital;
        this.threads = threads;
        this.resourcesWritten = resourcesWritten;
    }

    GenerateReport write(Layout layout) throws IOException {
        Slice organisation = layout.slice();
        hospital.organisation(organisation);
        take(organisation.finish());
        // Courses in the making are ended before the layout closes its files.
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            try {
                slices(layout, workers);
            } catch (IOException | RuntimeException e) {
                workers.shutdownNow();
                throw e;
            }
        }
        return new GenerateReport(hospital.patients(), counts, layout.files(), layout.bytes());
    }

    private void slices(Layout layout, ExecutorService workers) throws IOException {
        Deque<Future<Slice>> underWay = new ArrayDeque<>();
        long next = 0;
        while (next < hospital.patients() || !underWay.isEmpty()) {
            while (next < hospital.patients() && underWay.size() < 3 * threads) {
                long from = next;
                long to = Math.min(hospital.patients(), from + PATIENTS_PER_SLICE);
                underWay.add(workers.submit(() -> generate(layout, from, to)));
                next = to;
            }
            take(result(underWay.remove()).finish());
        }
    }

    private Slice generate(Layout layout, long from, long to) throws IOException {
        Slice slice = layout.slice();
        CourseWriter writer = hospital.writer();
        for (long patient = from; patient < to; patient++) {
            hospital.write(patient, writer, slice);
            slice.endOfPatient(patient);
        }
        return slice;
    }

    private void take(Map<String, Long> written) {
        written.forEach((type, count) -> counts.merge(type, count, Long::sum));
        resources += written.values().stream().mapToLong(Long::longValue).sum();
        resourcesWritten.accept(resources);
    }

    private static Slice result(Future<Slice> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while generating", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof UncheckedIOException cause) {
                throw new IOException(cause);
            }
            throw new IllegalStateException("A slice of the hospital could not be generated", e.getCause());
        }
    }
}
