package allmende.app.cli;

import allmende.app.operations.RunningSite;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.core.view.ShippedViews;
import allmende.core.view.View;
import allmende.core.view.ViewProblem;
import allmende.engine.store.Store;
import allmende.engine.table.CellFault;
import allmende.engine.table.NdjsonSource;
import allmende.engine.table.ResourceSource;
import allmende.engine.table.SourceUnreadable;
import allmende.engine.table.StoreSource;
import allmende.engine.table.TableFormat;
import allmende.engine.table.TableSink;
import allmende.engine.table.TableUnwritable;
import allmende.engine.table.Tabulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Turns resources into a table by a view. */
@Command(
        name = "table",
        description = "Turn resources into a table by a view definition of SQL on FHIR.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Views that come with the program: patient, encounter, condition, procedure, laboratory, vital_signs,",
            "medication, medication_administration, medication_request, medication_statement, consent, specimen"
        })
final class TableCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions options = new DataOptions();

    @Parameters(paramLabel = "VIEW", description = "File with a ViewDefinition, or the name of a view of the program.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Read these NDJSON files, also compressed by gzip, instead of a site's data.")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, ndjson or parquet (default: by the ending of the file).")
    private @Nullable TableFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file to write; one that is there is replaced when the new one is complete.")
    private Path out = Path.of("table.csv");

    @Option(
            names = "--skip-unfit",
            description = "Leave out resources that do not fit the view, and say how many, instead of stopping.")
    private boolean skipUnfit;

    TableCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        View view = view();
        if (!files.isEmpty()) {
            try (NdjsonSource source = new NdjsonSource(files)) {
                return write(view, source, -1);
            }
        }
        SiteLocation location = options.location();
        if (!Files.isDirectory(location.data())) {
            throw new CommandFailure(
                    "There is no data folder " + location.data() + ".",
                    "Name the right one with --data, load something first, or name files with --from.");
        }
        RunningSite.find(location).ifPresent(site -> site.noteTable(view.resource()));
        try (Store store = SiteData.openStore(location)) {
            long resources = store.countsByType().getOrDefault(view.resource(), 0L);
            return write(view, new StoreSource(store, view.resource()), resources);
        }
    }

    private View view() {
        return switch (View.read(definition())) {
            case View.Read.Compiled(View view) -> view;
            case View.Read.Refused(List<ViewProblem> problems) -> {
                StringBuilder text = new StringBuilder("The view can't be used.");
                for (ViewProblem problem : problems) {
                    String place = problem.pointer().isEmpty() ? "(whole document)" : problem.pointer();
                    text.append("\n  ").append(place).append(": ").append(problem.reason());
                }
                throw new CommandFailure(text.toString(), "Mend these places, then run it again.");
            }
        };
    }

    private JsonNode definition() {
        Optional<JsonNode> shipped = ShippedViews.definition(name);
        if (shipped.isPresent()) {
            return shipped.get();
        }
        try {
            return switch (FhirJson.read(Files.readAllBytes(Path.of(name)))) {
                case JsonRead.Parsed(JsonNode tree) -> tree;
                case JsonRead.Malformed malformed ->
                    throw new CommandFailure(
                            "The file " + name + " is no JSON: " + malformed, "Mend it, then run it again.");
            };
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "There is no readable file and no view of the program called " + name + ".",
                    "Check the path; allmende table --help lists the views of the program.");
        }
    }

    private int write(View view, ResourceSource source, long resources) throws InterruptedException {
        TableFormat wanted = format == null ? byEnding() : format;
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
        try (Progress progress = Progress.of("Writing the table", "resources", console);
                TableSink sink = wanted.to(out, view.columns())) {
            if (resources >= 0) {
                progress.total(resources);
            }
            long[] before = {0};
            Tabulation.Outcome outcome = new Tabulation(view, skipUnfit, workers).run(source, sink, done -> {
                progress.advanced(done - before[0], done - before[0]);
                before[0] = done;
            });
            return tell(outcome, view);
        } catch (TableUnwritable | SourceUnreadable problem) {
            throw new CommandFailure(String.valueOf(problem.getMessage()), "Nothing was written to " + out + ".");
        } catch (CellFault fault) {
            throw new CommandFailure(fault.reason(), "Mend the view, then run it again.");
        }
    }

    private int tell(Tabulation.Outcome outcome, View view) {
        return switch (outcome) {
            case Tabulation.Outcome.Done(long read, long rows, long unfit) -> {
                console.tell(String.format(Locale.ROOT, "%,d rows of %,d resources are in %s.", rows, read, out));
                if (unfit > 0) {
                    console.tell(
                            String.format(Locale.ROOT, "%,d resources do not fit the view and were left out.", unfit));
                }
                yield Commands.OK;
            }
            case Tabulation.Outcome.Unfit(long place, String reason) ->
                throw new CommandFailure(
                        String.format(
                                Locale.ROOT,
                                "The resource at place %,d (%s) does not fit the view. %s",
                                place,
                                view.resource(),
                                reason),
                        "Mend the view, or leave such resources out with --skip-unfit. Nothing was written to " + out
                                + ".");
        };
    }

    private TableFormat byEnding() {
        String file = out.getFileName().toString().toLowerCase(Locale.ROOT);
        for (TableFormat each : TableFormat.values()) {
            if (file.endsWith("." + each.name().toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new CommandFailure(
                "The ending of " + out + " tells no format.", "Name it with --format: csv, ndjson or parquet.");
    }
}
