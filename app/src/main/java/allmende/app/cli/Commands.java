package allmende.app.cli;

import allmende.app.site.SiteUnavailable;
import allmende.engine.store.StoreUnavailable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** All commands. */
@Command(
        name = "allmende",
        description = "A hospital's data integration centre in one program: load FHIR data, ask how many patients …?",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "Allmende 0.1.0-SNAPSHOT",
        subcommands = {
            DemoCommand.class,
            SiteCommand.class,
            PortalCommand.class,
            GenerateCommand.class,
            LoadCommand.class,
            CountCommand.class,
            TableCommand.class,
            DeliveryCommand.class,
            ConsentCommand.class,
            ExtractCommand.class,
            TerminologyCommand.class,
            QuarantineCommand.class,
            PackagesCommand.class,
            EraseCommand.class,
            IndexCommand.class,
            UserCommand.class,
            ClientCommand.class,
            PseudonymsCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            DeidentCommand.class,
            ProjectCommand.class,
            WarmUpCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Begin with:  allmende demo",
            "Exit codes:  0 done, 1 failed, 2 wrong use or a query that can't be answered"
        })
public final class Commands {

    /** Done. */
    public static final int OK = 0;

    /** Failed, for a reason told on standard error. */
    public static final int FAILED = 1;

    /** Wrong use, or a query that can't be answered. */
    public static final int WRONG = 2;

    private Commands() {}

    /** Runs a command with the process's own streams. */
    public static int run(String... args) {
        return commandLine(Console.ofProcess()).execute(args);
    }

    /** The commands, printing to this console. */
    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new Commands(), new CommandFactory(console));
        line.setOut(console.out());
        line.setErr(console.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler((exception, command, result) -> explain(exception, console.err()));
        return line;
    }

    private static int explain(Exception exception, PrintWriter err) {
        String advice =
                switch (exception) {
                    case CommandFailure failure -> failure.advice();
                    case SiteUnavailable unavailable -> unavailable.advice();
                    case StoreUnavailable unavailable -> "";
                    case CancellationException cancelled -> "What was done stays; run the command again to go on.";
                    default -> {
                        LoggerFactory.getLogger(Commands.class).debug("Unexpected", exception);
                        yield "Run it again with ALLMENDE_JAVA_OPTS=-Dallmende.log=DEBUG to see where it failed.";
                    }
                };
        String fallback =
                "The command failed unexpectedly: " + exception.getClass().getSimpleName() + ".";
        boolean expected = exception instanceof CommandFailure
                || exception instanceof SiteUnavailable
                || exception instanceof StoreUnavailable;
        String message = exception instanceof CancellationException
                ? "The command was interrupted."
                : expected ? Objects.toString(exception.getMessage(), fallback) : fallback;
        err.println("allmende: " + message);
        if (!advice.isEmpty()) {
            err.println("  " + advice);
        }
        err.flush();
        return FAILED;
    }

    /** A console for the process: encoded as UTF-8 whatever the machine's language. */
    static PrintWriter utf8(java.io.OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
