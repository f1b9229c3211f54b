package allmende.bench;

import allmende.core.cohort.Catalogues;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.Opened;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.LoadReport;
import allmende.engine.load.Loader;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import allmende.engine.terminology.GermanTerminology;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Loads files into a new site and waits until all is durable in the store and counted by the index. Arguments: data
 * directory, path of the files.
 */
final class LoadRun {

    private static final Duration INDEX_TIMEOUT = Duration.ofMinutes(30);

    private LoadRun() {}

    /** Prints {@code resources}, {@code quarantined}, {@code seconds}, {@code storeSeconds} and {@code heapMiB}. */
    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        try (Store store = Stores.open(new StoreLocation.Embedded(data));
                CohortIndex index = open(data, data.resolve("index"), store)) {
            index.follow();
            long start = System.nanoTime();
            LoadReport report = new Loader(store).load(List.of(Path.of(arguments[1])), LoadProgress.NONE);
            double stored = seconds(start);
            if (!index.awaitT(report.t(), INDEX_TIMEOUT)) {
                throw new BenchFailure("The index did not catch up");
            }
            System.out.println("seconds=" + seconds(start));
            System.out.println("storeSeconds=" + stored);
            System.out.println("resources=" + report.received());
            System.out.println("quarantined=" + report.quarantined());
            System.out.println("heapMiB=" + peakHeapMebibytes());
        }
    }

    static CohortIndex open(Path data, Path index, Store store) {
        Opened opened =
                CohortIndex.open(index, store, Catalogues.shipped(), GermanTerminology.load(data.resolve("cache")));
        return switch (opened) {
            case Opened.Ready(CohortIndex ready) -> ready;
            case Opened.InUse(String reason) -> throw new BenchFailure(reason);
        };
    }

    static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    static long peakHeapMebibytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }
}
