package allmende.bench;

import java.util.Locale;
import java.util.Map;

/** The figures of a {@link FhirRun} and a {@link ViewRun} as lines of the benchmark table. */
final class FhirReport {

    private final ResultTable table;
    private final Map<String, String> figures;

    private FhirReport(ResultTable table, Map<String, String> figures) {
        this.table = table;
        this.figures = figures;
    }

    /** Adds what was measured. */
    static void add(ResultTable table, Map<String, String> figures, Map<String, String> view) {
        new FhirReport(table, figures).add(view);
    }

    private void add(Map<String, String> view) {
        double resources = Bench.figure(figures, "resources");
        String size = String.format(Locale.ROOT, "%,.0f resources", resources);
        table.atLeast(
                "FHIR: transaction bundles, 2 clients (peer 4,100)",
                Samples.of(resources / Bench.figure(figures, "loadSeconds")),
                "resources/s",
                8_000);
        table.plain("FHIR: searchable after the load", Samples.of(Bench.figure(figures, "searchedSeconds")), "s", size);
        table.atMost("FHIR: read (peer 0.7)", Bench.samples(figures, "read"), "ms", 0.7);
        table.atLeast("FHIR: reads, 2 clients", Samples.of(Bench.figure(figures, "readsPerSecond")), "/s", 5_000);
        counted("countCode", "count by code (peer 73)", 3);
        counted("countCodeValue", "count by code and value (peer 96)", 5);
        counted("countChain", "chained count", 3);
        counted("countHas", "_has count (peer 3.8)", 3);
        table.atMost("FHIR: page of 1,000 (peer 19)", Bench.samples(figures, "page"), "ms", 15);
        table.plain("FHIR: the same with _elements (peer 11)", Bench.samples(figures, "pageElements"), "ms", "");
        table.atLeast("FHIR: $everything (peer 13,000)", Bench.samples(figures, "everything"), "resources/s", 25_000);
        table.atLeast(
                "FHIR: $export, whole (peer 16,000–26,000)",
                Samples.of(Bench.figure(figures, "exported") / Bench.figure(figures, "exportSeconds")),
                "resources/s",
                50_000);
        table.atMost(
                "FHIR: $export, begun after", Samples.of(Bench.figure(figures, "exportLatencyMillis")), "ms", 1_000);
        table.atLeast(
                "FHIR: view of 10 columns, NDJSON to Parquet (peer 13,000)",
                Bench.samples(view, "view"),
                "resources/s",
                60_000);
        table.plain("FHIR: peak memory", Samples.of(Bench.figure(figures, "memoryMiB")), "MiB", "client and server");
    }

    private void counted(String name, String what, double goal) {
        table.atMost(
                "FHIR: " + what + ", " + figures.get(name + ".total") + " hits",
                Bench.samples(figures, name),
                "ms",
                goal);
    }
}
