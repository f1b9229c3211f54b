package allmende.bench;

import allmende.engine.search.SearchAnswer;
import allmende.engine.search.SearchEngine;
import allmende.engine.search.SearchIndex;
import allmende.engine.search.SearchLimits;
import allmende.engine.search.SearchModels;
import allmende.engine.search.SearchPage;
import allmende.engine.search.SearchRequest;
import allmende.engine.terminology.CodeSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fills the search index from a generated feed and measures the same searches at several sizes, without HTTP and without
 * bodies: what the index costs. Arguments: an empty folder, the file for the plot, sizes in resources, each a multiple of
 * 20,000 and none below 100,000. After each size the plot is written anew, so that a run that is ended early leaves what
 * it reached.
 */
final class SearchScaleRun {

    private static final int WARM_UPS = 50;
    private static final int TRIES = 200;
    private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TRIES_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int QUIET_TRIES = 10;
    private static final Duration FILLING = Duration.ofMinutes(50);

    private final Path folder;
    private final ScaleFeed feed;
    private final SearchIndex index;
    private final SearchEngine search;

    private SearchScaleRun(Path folder, ScaleFeed feed, SearchIndex index) {
        this.folder = folder;
        this.feed = feed;
        this.index = index;
        this.search = new SearchEngine(feed, index, () -> CodeSets.NONE, InstantSource.system(), SearchLimits.SITE);
    }

    /**
     * Prints for each size {@code filled.SIZE} and {@code added.SIZE} (seconds, resources), {@code bytes.SIZE}, and for each
     * query {@code hits.NAME.SIZE} and {@code ms.NAME.SIZE}.
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<Long> sizes =
                Arrays.stream(arguments).skip(2).map(Long::valueOf).sorted().toList();
        ScaleFeed feed = new ScaleFeed(sizes);
        ScalePlot plot = new ScalePlot();
        try (SearchIndex index = SearchIndex.open(folder, feed, SearchModels.with(List.of()))
                .orElseThrow(() -> new BenchFailure("Another process has " + folder))) {
            index.follow();
            SearchScaleRun run = new SearchScaleRun(folder, feed, index);
            long before = 0;
            for (long size : sizes) {
                run.fill(before, size);
                for (ScaleQuery query : ScaleQuery.ALL) {
                    plot.add(query, size, run.measure(query, size));
                }
                Files.writeString(Path.of(arguments[1]), plot.svg());
                before = size;
            }
        }
    }

    private void fill(long before, long size) {
        long start = System.nanoTime();
        feed.grow(size);
        if (!index.await(feed.currentT(), FILLING)) {
            throw new BenchFailure("Filling takes longer than " + FILLING.toMinutes() + " minutes");
        }
        tell("added." + size, Long.toString(size - before));
        tell("filled." + size, String.format(Locale.ROOT, "%.2f", (System.nanoTime() - start) / 1e9));
        tell("bytes." + size, Long.toString(quietBytes()));
    }

    /** Waits until no segment is merged any more, as far as the folder shows; its size then. */
    private long quietBytes() {
        long before = -1;
        long now = bytes();
        for (int i = 0; i < QUIET_TRIES && now != before; i++) {
            try {
                TimeUnit.SECONDS.sleep(2);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new BenchFailure("Interrupted");
            }
            before = now;
            now = bytes();
        }
        return now;
    }

    private long bytes() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException vanished) {
            // A merge removed what it replaced while the folder was listed: it is not quiet.
            return -2 - System.nanoTime();
        }
    }

    private Samples measure(ScaleQuery query, long size) {
        SearchRequest request = query.request(size);
        long begun = System.nanoTime();
        for (int i = 0; i < WARM_UPS && System.nanoTime() - begun < WARM_NANOS; i++) {
            find(request);
        }
        List<Double> millis = new ArrayList<>();
        begun = System.nanoTime();
        SearchPage page = find(request);
        while (millis.size() < TRIES && System.nanoTime() - begun < TRIES_NANOS) {
            long start = System.nanoTime();
            page = find(request);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        Samples samples =
                Samples.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
        tell(
                "hits." + query.name() + "." + size,
                Long.toString(page.total().orElse(page.matches().size())));
        tell("ms." + query.name() + "." + size, text(samples));
        return samples;
    }

    private SearchPage find(SearchRequest request) {
        return switch (search.find(request, null)) {
            case SearchAnswer.Found found -> found.page();
            case SearchAnswer.Refused refused -> throw new BenchFailure("Refused: " + refused.reasons());
        };
    }

    private static String text(Samples samples) {
        StringBuilder text = new StringBuilder();
        for (double value : samples.values()) {
            text.append(String.format(Locale.ROOT, "%.4f ", value));
        }
        return text.toString().strip();
    }

    private static void tell(String name, String value) {
        System.out.println(name + "=" + value);
    }
}
