package allmende.engine.proof;

import allmende.core.cohort.Catalogues;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.Opened;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.Loader;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that loads and indexes, as a site does, and says all it has to say. */
final class SiteProcess {

    private SiteProcess() {}

    /** Arguments: the data directory, the folder to load. */
    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        try (Store store = Stores.open(new StoreLocation.Embedded(data));
                CohortIndex index = open(data, store)) {
            index.follow();
            System.out.println("loading");
            System.out.println(new Loader(store).load(List.of(Path.of(arguments[1])), LoadProgress.NONE));
            System.out.println(new Loader(store).retryAll(LoadProgress.NONE));
            index.catchUp();
            index.compact();
            store.quarantine().list(0, 1000).forEach(System.out::println);
            System.out.println(index.statistics());
        }
    }

    static CohortIndex open(Path data, Store store) {
        return switch (CohortIndex.open(data.resolve("index"), store, Catalogues.shipped(), SampleCodes.TERMINOLOGY)) {
            case Opened.Ready(CohortIndex index) -> index;
            case Opened.InUse(String reason) -> throw new AssertionError(reason);
        };
    }

    /** Starts it; what it says, its log included, goes to {@code log}. */
    static Process start(Path data, Path folder, Path log, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SiteProcess.class.getName(),
                data.toString(),
                folder.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
