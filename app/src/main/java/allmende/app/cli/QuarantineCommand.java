package allmende.app.cli;

import allmende.app.operations.RunningSite;
import allmende.app.site.SiteData;
import allmende.engine.load.Loader;
import allmende.engine.load.RetryReport;
import allmende.engine.store.Quarantine;
import allmende.engine.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What could not be loaded. */
@Command(
        name = "quarantine",
        description = "What could not be loaded, why, and another try.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            QuarantineCommand.ListCommand.class,
            QuarantineCommand.ShowCommand.class,
            QuarantineCommand.RetryCommand.class
        })
final class QuarantineCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: list, show or retry.");
    }

    /** Lists entries. */
    @Command(name = "list", description = "List what is in quarantine, oldest first.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Option(names = "--after", paramLabel = "ID", defaultValue = "0", description = "Begin after this entry.")
        private long after;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int limit;

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            try (Store store = SiteData.openStore(options.location())) {
                Quarantine quarantine = store.quarantine();
                List<Quarantine.Entry> entries = quarantine.list(after, limit);
                for (Quarantine.Entry entry : entries) {
                    String place = entry.entry().isEmpty() ? entry.source() : entry.source() + " " + entry.entry();
                    console.out().printf("%6d  %-22s %s%n", entry.id(), entry.code(), place);
                    console.out().println("        " + entry.reason());
                }
                console.out().flush();
                console.tell(entries.size() + " of " + Text.counted(quarantine.count(), "entry", "entries")
                        + " in quarantine.");
                return Commands.OK;
            }
        }
    }

    /** Shows the raw bytes of an entry. */
    @Command(
            name = "show",
            description = "Print the raw bytes of an entry as they came. They may hold patient data.",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(paramLabel = "ID", description = "Number of the entry, see: allmende quarantine list")
        private long id;

        ShowCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            RunningSite.find(options.location()).ifPresent(site -> site.noteQuarantine(id));
            try (Store store = SiteData.openStore(options.location())) {
                Quarantine quarantine = store.quarantine();
                Quarantine.Entry entry = quarantine
                        .find(id)
                        .orElseThrow(() -> new CommandFailure(
                                "There is no entry " + id + " in quarantine.",
                                "See the entries with: allmende quarantine list"));
                console.tell(entry.source() + " " + entry.entry() + ", " + entry.code() + ": " + entry.reason());
                java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
                quarantine.copyBytes(id, bytes);
                console.out().println(bytes.toString(java.nio.charset.StandardCharsets.UTF_8));
                console.out().flush();
                return Commands.OK;
            }
        }
    }

    /** Tries entries again. */
    @Command(
            name = "retry",
            description = "Load entries again, for example after what they refer to has come.",
            mixinStandardHelpOptions = true)
    static final class RetryCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(arity = "0..*", paramLabel = "ID", description = "Numbers of entries; none for all.")
        private List<Long> ids = List.of();

        RetryCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            try (Store store = SiteData.openStore(options.location());
                    Progress progress = Progress.of("Loading", "resources", console)) {
                Loader loader = new Loader(store);
                RetryReport report = ids.isEmpty()
                        ? loader.retryAll(LoadCommand.listener(progress))
                        : loader.retry(ids, LoadCommand.listener(progress));
                console.out().printf("retried   %,10d%n", report.retried());
                console.out().printf("loaded    %,10d%n", report.left());
                console.out().printf("remaining %,10d%n", report.remaining());
                console.out().printf("unknown   %,10d%n", report.unknown());
                console.out().flush();
                return Commands.OK;
            }
        }
    }
}
