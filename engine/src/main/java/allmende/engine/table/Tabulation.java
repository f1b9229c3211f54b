package allmende.engine.table;

import allmende.core.fhir.FhirJson;
import allmende.core.view.View;
import allmende.core.view.ViewFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a view over resources into a table: pages are worked on by several threads and written in order. Only a few pages
 * are in memory at a time.
 */
public final class Tabulation {

    private static final int PAGES_AHEAD_PER_WORKER = 2;

    private final View view;
    private final boolean skipUnfit;
    private final int workers;

    /**
     * A run of a view.
     *
     * @param skipUnfit whether resources that do not fit the view are left out and counted, instead of ending the run
     * @param workers how many threads work at once; at least 1
     */
    public Tabulation(View view, boolean skipUnfit, int workers) {
        this.view = view;
        this.skipUnfit = skipUnfit;
        this.workers = workers;
    }

    /** The outcome of a run. */
    public sealed interface Outcome {
        /**
         * The table is complete.
         *
         * @param resources how many were read
         * @param rows how many were written
         * @param unfit how many resources did not fit and were left out
         */
        record Done(long resources, long rows, long unfit) implements Outcome {}

        /**
         * A resource does not fit the view.
         *
         * @param place which one, counted from 1 in the order in which they are read
         * @param reason a sentence that says why, without the resource's content
         */
        record Unfit(long place, String reason) implements Outcome {}
    }

    /** A row, and which resource of its page it is about. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Row(int resource, @Nullable Object[] cells) {}

    /** What became of a page of resources. */
    private record Page(int resources, List<Row> rows, int unfit, int firstUnfit, String reason) {}

    /**
     * Reads all and writes all; the table is complete only if the outcome says so.
     *
     * @param progress is told how many resources are done, after each page
     * @throws TableUnwritable if the file can't be written
     * @throws SourceUnreadable if a file can't be read
     */
    public Outcome run(ResourceSource source, TableSink sink, LongConsumer progress) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            Deque<Future<Page>> ahead = new ArrayDeque<>();
            Totals totals = new Totals();
            boolean more = true;
            while (more || !ahead.isEmpty()) {
                while (more && ahead.size() < workers * PAGES_AHEAD_PER_WORKER) {
                    List<byte[]> bodies = source.next();
                    more = !bodies.isEmpty();
                    if (more) {
                        ahead.addLast(pool.submit(() -> page(bodies)));
                    }
                }
                Future<Page> first = ahead.pollFirst();
                if (first != null) {
                    Outcome.Unfit unfit = totals.add(got(first), sink);
                    if (unfit != null) {
                        pool.shutdownNow();
                        return unfit;
                    }
                    progress.accept(totals.resources);
                }
            }
            sink.finish();
            return new Outcome.Done(totals.resources, totals.rows, totals.unfit);
        }
    }

    private static Page got(Future<Page> page) throws InterruptedException {
        try {
            return page.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a page could not be worked on", failed.getCause());
        }
    }

    private Page page(List<byte[]> bodies) {
        List<Row> rows = new ArrayList<>(bodies.size());
        int unfit = 0;
        int firstUnfit = -1;
        String reason = "";
        for (int i = 0; i < bodies.size(); i++) {
            int before = rows.size();
            String why = rows(i, bodies.get(i), rows);
            if (why != null) {
                rows.subList(before, rows.size()).clear();
                unfit++;
                if (firstUnfit < 0) {
                    firstUnfit = i;
                    reason = why;
                }
            }
        }
        return new Page(bodies.size(), rows, unfit, firstUnfit, reason);
    }

    /** Adds the rows of a resource; why it does not fit, or null. */
    private @Nullable String rows(int resource, byte[] body, List<Row> rows) {
        try {
            view.rows(FhirJson.parse(body), cells -> rows.add(new Row(resource, Arrays.copyOf(cells, cells.length))));
            return null;
        } catch (ViewFault fault) {
            return fault.reason();
        } catch (IllegalArgumentException malformed) {
            return "It is no JSON.";
        }
    }

    /** Running sums over the pages. */
    private final class Totals {
        private long resources;
        private long rows;
        private long unfit;

        private Outcome.@Nullable Unfit add(Page page, TableSink sink) {
            if (page.unfit > 0 && !skipUnfit) {
                return new Outcome.Unfit(resources + page.firstUnfit + 1, page.reason);
            }
            for (Row row : page.rows) {
                try {
                    sink.row(row.cells);
                    rows++;
                } catch (CellFault fault) {
                    if (!skipUnfit) {
                        return new Outcome.Unfit(resources + row.resource + 1, fault.reason());
                    }
                    unfit++;
                }
            }
            resources += page.resources;
            unfit += page.unfit;
            return null;
        }
    }
}
