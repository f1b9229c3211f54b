package allmende.bench;

import allmende.core.fhir.FhirJson;
import allmende.core.view.View;
import allmende.engine.table.NdjsonSource;
import allmende.engine.table.TableFormat;
import allmende.engine.table.TableSink;
import allmende.engine.table.Tabulation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes a Parquet file of ten columns from a file of Observations (NDJSON), several times. Argument: that file. */
final class ViewRun {

    private static final int RUNS = 5;
    private static final int WARM = 2;

    private static final String[][] COLUMNS = {
        {"id", "getResourceKey()", "string"},
        {"patient", "subject.getReferenceKey(Patient)", "string"},
        {"encounter", "encounter.getReferenceKey(Encounter)", "string"},
        {"status", "status", "code"},
        {"system", "code.coding.first().system", "uri"},
        {"code", "code.coding.first().code", "code"},
        {"display", "code.coding.first().display", "string"},
        {"effective", "effective.ofType(dateTime)", "dateTime"},
        {"value", "value.ofType(Quantity).value", "decimal"},
        {"unit", "value.ofType(Quantity).code", "code"},
    };

    private ViewRun() {}

    /** Prints {@code view=}, resources per second of each run after the warm ones. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        View view = view();
        List<String> rates = new ArrayList<>();
        for (int run = 0; run < WARM + RUNS; run++) {
            long start = System.nanoTime();
            long resources = tabulate(view, file, file.resolveSibling("view.parquet"));
            if (run >= WARM) {
                rates.add(String.format(Locale.ROOT, "%.0f", resources / LoadRun.seconds(start)));
            }
        }
        System.out.println("view=" + String.join(" ", rates));
    }

    private static long tabulate(View view, Path from, Path to) throws Exception {
        int workers = Runtime.getRuntime().availableProcessors();
        try (NdjsonSource source = new NdjsonSource(List.of(from));
                TableSink sink = TableFormat.PARQUET.to(to, view.columns())) {
            return switch (new Tabulation(view, false, workers).run(source, sink, _ -> {})) {
                case Tabulation.Outcome.Done done -> done.resources();
                case Tabulation.Outcome.Unfit unfit -> throw new BenchFailure(unfit.reason());
            };
        }
    }

    private static View view() {
        StringBuilder columns = new StringBuilder();
        for (String[] column : COLUMNS) {
            columns.append(columns.isEmpty() ? "" : ",")
                    .append("{\"name\":\"%s\",\"path\":\"%s\",\"type\":\"%s\"}"
                            .formatted(column[0], column[1], column[2]));
        }
        String definition = "{\"resourceType\":\"ViewDefinition\",\"name\":\"observations\",\"status\":\"active\","
                + "\"resource\":\"Observation\",\"select\":[{\"column\":[" + columns + "]}]}";
        return switch (View.read(FhirJson.parse(definition.getBytes(StandardCharsets.UTF_8)))) {
            case View.Read.Compiled(View compiled) -> compiled;
            case View.Read.Refused refused -> throw new BenchFailure(refused.toString());
        };
    }
}
