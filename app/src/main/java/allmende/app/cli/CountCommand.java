package allmende.app.cli;

import allmende.app.feasibility.CountJson;
import allmende.app.operations.RunningSite;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Problem;
import allmende.engine.count.CountAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Counts the patients of a query. */
@Command(
        name = "count",
        description = "Count the patients of a CCDL query and show how the cohort came about.",
        mixinStandardHelpOptions = true)
final class CountCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    private final Console console;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--json", description = "Print one JSON object: count, t, funnel, notes.")
    private boolean json;

    @Option(
            names = "--today",
            paramLabel = "DATE",
            description = "The day by which ages are counted, such as 2026-01-31 (default: today in Germany).")
    private @Nullable LocalDate today;

    @Parameters(paramLabel = "QUERY", description = "File with the query; - for standard input.")
    private String query = STANDARD_INPUT;

    CountCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        byte[] document = document();
        SiteLocation location = options.location();
        LocalDate day = today == null ? SiteData.today() : today;
        Optional<RunningSite> running = RunningSite.find(location);
        return running.isPresent() ? ask(running.get(), document, day) : countHere(location, document, day);
    }

    private byte[] document() {
        try {
            return query.equals(STANDARD_INPUT) ? console.in().readAllBytes() : Files.readAllBytes(Path.of(query));
        } catch (IOException e) {
            throw new CommandFailure("The query " + query + " can't be read.", "Check the path and its rights.");
        }
    }

    private int ask(RunningSite site, byte[] document, LocalDate day) {
        return switch (site.count(document, day)) {
            case RunningSite.Answer.Counted(JsonNode answer) -> print(answer);
            case RunningSite.Answer.Invalid(List<Problem> problems) -> refuse(problems);
        };
    }

    private int countHere(SiteLocation location, byte[] document, LocalDate day) {
        if (!Files.isDirectory(location.data())) {
            throw new CommandFailure(
                    "There is no data folder " + location.data() + ".",
                    "Name the right one with --data, or load something first: allmende load");
        }
        SiteData data = LocalData.open(location);
        try (data) {
            data.index().catchUp();
            return switch (data.read(document)) {
                case ParsedQuery.Invalid(List<Problem> problems) -> refuse(problems);
                case ParsedQuery.Valid valid -> {
                    long start = System.nanoTime();
                    CountAnswer answer = data.count(valid.query(), day);
                    yield print(CountJson.of(answer, Duration.ofNanos(System.nanoTime() - start), Locale.ENGLISH));
                }
            };
        }
    }

    private int print(JsonNode answer) {
        if (json) {
            console.out().println(answer);
        } else {
            FunnelTree.print(answer, console.out());
        }
        console.out().flush();
        return Commands.OK;
    }

    private int refuse(List<Problem> problems) {
        console.err().println("allmende: The query can't be answered.");
        for (Problem problem : problems) {
            String place = problem.pointer().isEmpty() ? "(whole document)" : problem.pointer();
            console.err().println("  " + place + ": " + problem.message());
        }
        console.err().flush();
        return Commands.WRONG;
    }
}
