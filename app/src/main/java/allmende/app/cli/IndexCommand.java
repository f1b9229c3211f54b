package allmende.app.cli;

import allmende.app.operations.RunningSite;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.engine.index.IndexProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The index. */
@Command(
        name = "index",
        description = "Where the index is; build it anew.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {IndexCommand.StatusCommand.class, IndexCommand.RebuildCommand.class})
final class IndexCommand implements Runnable {

    private static final Duration POLL = Duration.ofMillis(500);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: status or rebuild.");
    }

    /** Tells where the index is. */
    @Command(name = "status", description = "Tell how far the index has come.", mixinStandardHelpOptions = true)
    static final class StatusCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        StatusCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            SiteLocation location = options.location();
            Optional<RunningSite> running = RunningSite.find(location);
            if (running.isPresent()) {
                RunningSite.IndexState state = running.get().index();
                print(state.t(), state.storeT(), state.rebuilding() ? "yes" : "no");
            } else {
                try (SiteData data = LocalData.open(location)) {
                    print(data.index().t(), data.store().currentT(), "no");
                }
            }
            return Commands.OK;
        }

        private void print(long t, long storeT, String rebuilding) {
            console.out().println("index       t = " + t);
            console.out().println("store       t = " + storeT);
            console.out().println("rebuilding  " + rebuilding);
            console.out().flush();
        }
    }

    /** Builds the index anew. */
    @Command(
            name = "rebuild",
            description = "Build the index anew from the store. A running site answers from the old one meanwhile.",
            mixinStandardHelpOptions = true)
    static final class RebuildCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        RebuildCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            SiteLocation location = options.location();
            Optional<RunningSite> running = RunningSite.find(location);
            if (running.isPresent()) {
                rebuild(running.get());
            } else {
                rebuild(location);
            }
            return Commands.OK;
        }

        private void rebuild(RunningSite site) throws InterruptedException {
            site.rebuild();
            console.tell("The running site at " + site.url() + " rebuilds its index.");
            RunningSite.IndexState state = site.index();
            while (state.rebuilding()) {
                Thread.sleep(POLL);
                state = site.index();
            }
            if (state.rebuildFailed()) {
                throw new CommandFailure(
                        "The index could not be rebuilt; the old one goes on answering.", "See the log of the site.");
            }
            console.tell("Rebuilt; the index is at t = " + state.t() + ".");
        }

        private void rebuild(SiteLocation location) {
            try (SiteData data = LocalData.open(location);
                    Progress progress = Progress.of("Indexing", "resources", console)) {
                data.index().rebuild(new IndexProgress() {
                    @Override
                    public void total(long resources) {
                        progress.total(resources);
                    }

                    @Override
                    public void advanced(long resources) {
                        progress.advanced(resources, resources);
                    }
                });
                console.tell("Rebuilt in " + Text.duration(progress.elapsed()) + "; the index is at t = "
                        + data.index().t() + ".");
            }
        }
    }
}
