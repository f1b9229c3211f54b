package allmende.app.cli;

import allmende.app.operations.RunningSite;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.LoadReport;
import allmende.engine.load.Loader;
import allmende.engine.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Loads files into the store and lets the index follow. */
@Command(
        name = "load",
        description = "Load FHIR R4 files: bundles, single resources, NDJSON, also compressed by gzip; folders with all"
                + " that is in them. What can't be loaded goes to quarantine with its reason. May be interrupted and run"
                + " again, and run beside a site.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

    private static final Duration INDEX_MAX = Duration.ofHours(12);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Console console;

    @Mixin
    private DataOptions options = new DataOptions();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders.")
    private List<Path> paths = List.of();

    LoadCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        for (Path path : paths) {
            if (!Files.isReadable(path)) {
                throw new CommandFailure("There is no readable file or folder " + path + ".", "Check the path.");
            }
        }
        return load(options.location(), paths, console);
    }

    static int load(SiteLocation location, List<Path> paths, Console console) throws InterruptedException {
        Store store = SiteData.openStore(location);
        @Nullable SiteData data = null;
        try {
            data = switch (SiteData.overStore(location, store, SiteData.Rules.load(location))) {
                case SiteData.Opening.Opened(SiteData opened) -> opened;
                case SiteData.Opening.InUse(String reason) -> null;
            };
            if (data != null) {
                data.index().follow();
            }
            LoadReport report = load(store, paths, console);
            if (data == null) {
                waitForSite(location, report.t(), console);
            } else {
                waitForIndex(data, report.t(), console);
            }
            return Commands.OK;
        } finally {
            if (data == null) {
                store.close();
            } else {
                data.close();
            }
        }
    }

    private static LoadReport load(Store store, List<Path> paths, Console console) {
        try (Progress progress = Progress.of("Loading", "resources", console)) {
            LoadReport report = new Loader(store).load(paths, listener(progress));
            Duration took = progress.elapsed();
            console.tell("Loaded in " + Text.duration(took) + " ("
                    + Text.rate(report.stored() + report.unchanged(), took) + " resources).");
            print(report, console);
            return report;
        }
    }

    static LoadProgress listener(Progress progress) {
        return new LoadProgress() {
            @Override
            public void total(long bytes) {
                progress.total(bytes);
            }

            @Override
            public void advanced(long bytes, long resources) {
                progress.advanced(bytes, resources);
            }
        };
    }

    static void print(LoadReport report, Console console) {
        console.out().printf("received    %,14d%n", report.received());
        console.out().printf("stored      %,14d%n", report.stored());
        console.out().printf("unchanged   %,14d%n", report.unchanged());
        console.out().printf("quarantined %,14d%n", report.quarantined());
        console.out().printf("snapshot    t = %d%n", report.t());
        report.quarantinedByCode().forEach((code, count) -> console.out().printf("  %-26s %,d%n", code, count));
        for (LoadReport.Ignored ignored : report.ignored()) {
            console.tell("Ignored " + ignored.file() + ": " + ignored.reason());
        }
        if (report.quarantined() > 0) {
            console.tell("See why with: allmende quarantine list");
        }
        console.out().flush();
    }

    private static void waitForIndex(SiteData data, long t, Console console) {
        long start = System.nanoTime();
        if (!data.index().awaitT(t, INDEX_MAX)) {
            throw new CommandFailure(
                    "The data is stored, but the index did not reach it.", "Run: allmende index rebuild");
        }
        console.tell("The index has reached t = " + t + " after another "
                + Text.duration(Duration.ofNanos(System.nanoTime() - start)) + ".");
    }

    private static void waitForSite(SiteLocation location, long t, Console console) throws InterruptedException {
        Optional<RunningSite> site = RunningSite.find(location);
        if (site.isEmpty()) {
            console.tell("Another process uses the index; it will index what was loaded.");
            return;
        }
        while (site.get().index().t() < t) {
            Thread.sleep(POLL);
        }
        console.tell("The index of the running site has reached t = " + t + ".");
    }
}
