package allmende.bench;

import allmende.core.deident.RuleSet;
import allmende.engine.files.Trees;
import allmende.synth.Format;
import allmende.synth.SyntheticHospital;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Runs the benchmarks and prints their table. Arguments: the project's folder, a working folder, then which benchmarks
 * ({@code load}, {@code synthea}, {@code counts}, {@code jsonb}, {@code restart}, {@code federation}, {@code search},
 * {@code statistics}, {@code country}, {@code edit}, {@code fhir}, {@code scale}, {@code deident},
 * {@code pseudonyms}, {@code consent}); without any, all of them.
 */
public final class Bench {

    private static final int RUNS = 5;
    private static final String HEAP = "1g";
    private static final int LOAD_PATIENTS = 1_500;
    private static final int RESTART_PATIENTS = 8_500;
    private static final int SYNTHEA_PATIENTS = 20;
    private static final int COUNT_PATIENTS = 1_000_000;
    private static final int FACTS_PER_PATIENT = 100;
    private static final int FEDERATION_SITES = 1_000;
    private static final int FEDERATION_QUESTIONS = 9;
    private static final int COUNTRY_SITES = 4;
    private static final int COUNTRY_QUESTIONS = 27;
    private static final int EDITS = 20;
    private static final int FHIR_PATIENTS = 200;
    private static final int DEIDENT_PATIENTS = 300;
    private static final String FHIR_HEAP = "2g";
    private static final String SCALE_SIZES = "100000,1000000,3000000,10000000";
    private static final List<String> ALL = List.of(
            "load",
            "synthea",
            "counts",
            "jsonb",
            "restart",
            "federation",
            "search",
            "statistics",
            "country",
            "edit",
            "fhir",
            "scale",
            "deident",
            "pseudonyms",
            "extract",
            "patient",
            "delivery",
            "consent");

    private final Path root;
    private final Path work;
    private final ResultTable table = new ResultTable();
    private final ChildJvm jvm = new ChildJvm(HEAP);

    private Bench(Path root, Path work) {
        this.root = root;
        this.work = work;
    }

    /** Runs what is asked for. */
    public static void main(String[] arguments) throws IOException {
        Bench bench = new Bench(Path.of(arguments[0]), Path.of(arguments[1]));
        Files.createDirectories(bench.work);
        List<String> asked = arguments.length > 2 ? Arrays.asList(arguments).subList(2, arguments.length) : ALL;
        for (String name : asked) {
            System.err.println("Measuring: " + name);
            switch (name) {
                case "load" -> bench.load();
                case "synthea" -> bench.synthea();
                case "counts" -> bench.counts();
                case "jsonb" -> bench.jsonb();
                case "restart" -> bench.restart();
                case "federation" -> bench.federation();
                case "search" -> bench.search();
                case "statistics" -> bench.statistics();
                case "country" -> bench.country();
                case "edit" -> bench.edit();
                case "fhir" -> bench.fhir();
                case "delivery" -> DeliveryRun.measure(bench.table, bench.fresh("delivery"));
                case "scale" -> bench.scale();
                case "deident" -> bench.deident();
                case "pseudonyms" -> bench.pseudonyms();
                case "extract" -> bench.extract();
                case "patient" -> OnePatientRun.measure(bench.jvm, bench.table, bench.fresh("patient"));
                case "consent" -> ConsentRun.measure(bench.jvm, bench.table);
                default -> throw new BenchFailure("Unknown benchmark " + name + "; there are " + ALL);
            }
        }
        bench.table.print(System.out);
    }

    private void load() throws IOException {
        for (Format format : Format.values()) {
            Path files = work.resolve("files-" + format.name().toLowerCase(java.util.Locale.ROOT));
            generate(files, format, LOAD_PATIENTS);
            loads("load, " + format.name().toLowerCase(java.util.Locale.ROOT), files);
        }
    }

    private void synthea() throws IOException {
        loads("load, Synthea's bundles", synthea(SYNTHEA_PATIENTS));
    }

    private void loads(String title, Path files) throws IOException {
        double[] rates = new double[RUNS];
        double[] heaps = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Path data = fresh("load-data");
            Map<String, String> figures = jvm.run(LoadRun.class, data.toString(), files.toString());
            if (!"0".equals(figures.get("quarantined"))) {
                throw new BenchFailure(title + ": something went to quarantine");
            }
            rates[run] = figure(figures, "resources") / figure(figures, "seconds");
            heaps[run] = figure(figures, "heapMiB");
        }
        table.atLeast(title, Samples.of(rates), "resources/s", 10_000);
        table.atMost(title + ", peak heap", Samples.of(heaps), "MiB", 1_024);
    }

    private void counts() throws IOException {
        Path index = work.resolve("facts");
        if (!Files.exists(work.resolve("facts.done"))) {
            Trees.delete(index);
            Map<String, String> figures = new ChildJvm(HEAP)
                    .run(
                            FactsRun.class,
                            index.toString(),
                            Integer.toString(COUNT_PATIENTS),
                            Integer.toString(FACTS_PER_PATIENT));
            Files.writeString(work.resolve("facts.done"), figures.get("facts") + " " + figures.get("bytes"));
        }
        String[] size = Files.readString(work.resolve("facts.done")).split(" ");
        double facts = Double.parseDouble(size[0]);
        table.plain("facts in the index", Samples.of(facts), "", COUNT_PATIENTS + " patients");
        table.atMost("index size", Samples.of(Double.parseDouble(size[1]) / facts), "bytes/fact", 20);
        for (Question question : Question.all()) {
            Samples millis = repeat(run -> figure(jvm.run(CountRun.class, work.toString(), question.file()), "millis"));
            table.atMost("cold count: " + question.title(), millis, "ms", question.goalMillis());
        }
    }

    private void jsonb() throws IOException {
        Path data = hospital();
        Map<String, String> figures = jvm.run(JsonbRun.class, data.toString(), Integer.toString(RUNS));
        for (Question question : Question.ALL) {
            Samples sql = JsonbRun.samples(figure(figures, "sql", question));
            Samples index = JsonbRun.samples(figure(figures, "index", question));
            String counts = "counts " + figure(figures, "indexCount", question) + " and "
                    + figure(figures, "sqlCount", question);
            table.plain("index: " + question.title(), index, "ms", counts);
            table.plain(
                    "SQL over JSONB: " + question.title(),
                    sql,
                    "ms",
                    Math.round(sql.median() / index.median()) + " times the index");
        }
    }

    private void federation() throws IOException {
        Map<String, String> figures = jvm.run(
                FederationRun.class,
                fresh("federation").toString(),
                Integer.toString(FEDERATION_SITES),
                Integer.toString(FEDERATION_QUESTIONS));
        double[] seconds = Arrays.stream(String.valueOf(figures.get("seconds")).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        table.atLeast("federation: connections held", Samples.of(figure(figures, "connections")), "", FEDERATION_SITES);
        table.atMost("federation: question to all and all answers in", Samples.of(seconds), "s", 5);
        table.atMost("federation: portal's heap after", Samples.of(figure(figures, "heapMiB")), "MiB", 1_024);
    }

    private void restart() throws IOException {
        Path data = hospital();
        Samples seconds = repeat(run -> RestartRun.secondsToReady(root.resolve("allmende"), data));
        table.atMost("ready after restart, a million resources", seconds, "s", 5);
    }

    private void search() throws IOException {
        Map<String, String> figures = jvm.run(SearchRun.class, fresh("concepts").toString());
        String size = figures.get("concepts") + " concepts";
        table.plain("concept search: build the index", Samples.of(figure(figures, "build")), "ms", size);
        table.plain("concept search: take over statistics", Samples.of(figure(figures, "availability")), "ms", size);
        table.atMost("concept search: one search", samples(figures, "searches"), "ms", 50);
    }

    private void statistics() throws IOException {
        Map<String, String> figures = jvm.run(StatisticsRun.class, town().toString(), work.toString());
        String size = COUNT_PATIENTS / COUNTRY_SITES + " patients";
        table.plain("published statistics: collected and released", Samples.of(figure(figures, "seconds")), "s", size);
        table.plain("published statistics: peak heap", Samples.of(figure(figures, "heapMiB")), "MiB", size);
        table.plain("published statistics: peak memory in all", Samples.of(figure(figures, "memoryMiB")), "MiB", size);
        table.plain("published statistics: size", Samples.of(figure(figures, "bytes") / 1e6), "MB", size);
    }

    private void country() throws IOException {
        Map<String, String> figures = jvm.run(
                CountryRun.class,
                towns().toString(),
                Integer.toString(COUNTRY_SITES),
                Integer.toString(COUNTRY_QUESTIONS));
        Samples millis = samples(figures, "millis");
        table.atMost("country: from click to all sites' numbers", millis, "ms", 1_000);
        table.plain("country: 95 % of them within", Samples.of(millis.at(0.95)), "ms", COUNT_PATIENTS + " patients");
        double[] inTurn = Arrays.stream(String.valueOf(figures.get("millis")).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        int kinds = Question.all().size();
        for (int kind = 0; kind < kinds; kind++) {
            int first = kind;
            double[] ofKind = IntStream.range(0, inTurn.length)
                    .filter(i -> i % kinds == first)
                    .mapToDouble(i -> inTurn[i])
                    .toArray();
            table.plain("country: " + Question.all().get(kind).title(), Samples.of(ofKind), "ms", "");
        }
        table.plain(
                "country: processor time of a question",
                Samples.of(figure(figures, "cpuMillis")),
                "ms",
                "portal, sites and visitor together, without the database");
        table.plain("country: first question of each kind", samples(figures, "warmMillis"), "ms", "not warmed up");
        table.plain("country: memory of portal and sites", Samples.of(figure(figures, "memoryMiB")), "MiB", "");
    }

    private void edit() throws IOException {
        Map<String, String> figures =
                jvm.run(EditRun.class, towns().toString(), Integer.toString(COUNTRY_SITES), Integer.toString(EDITS));
        Samples edits = samples(figures, "edits");
        table.atMost("editor: an edit with its estimate", edits, "ms", 100);
        table.plain("editor: 95 % of them within", Samples.of(edits.at(0.95)), "ms", COUNTRY_SITES + " sites");
        table.atMost("editor: a filter, and the whole page", samples(figures, "filters"), "ms", 100);
    }

    /** A site over HTTP with the population that peers were measured with; the goals stand beside their figures. */
    private void fhir() throws IOException {
        Path bundles = synthea(Integer.getInteger("allmende.bench.patients", FHIR_PATIENTS));
        Path data = fresh("fhir");
        Map<String, String> figures = new ChildJvm(FHIR_HEAP).run(FhirRun.class, data.toString(), bundles.toString());
        Map<String, String> view =
                jvm.run(ViewRun.class, data.resolve(FhirRun.OBSERVATIONS).toString());
        FhirReport.add(table, figures, view);
    }

    private void deident() throws IOException {
        Path files = work.resolve("deident-files");
        generate(files, Format.NDJSON, DEIDENT_PATIENTS);
        Map<String, String> figures = jvm.run(DeidentRun.class, files.toString());
        for (String rules : RuleSet.shippedNames()) {
            table.atLeast("de-identification, " + rules, samples(figures, rules), "resources/s and core", 30_000);
        }
        table.plain(
                "de-identification with reading and writing JSON",
                samples(figures, "whole"),
                "resources/s and core",
                "");
    }

    private void extract() throws IOException {
        Path files = work.resolve("extract-files");
        generate(files, Format.NDJSON, LOAD_PATIENTS);
        Path data = fresh("extract-data");
        double[] rates = new double[RUNS];
        double[] heaps = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Map<String, String> figures = jvm.run(ExtractRun.class, data.toString(), files.toString());
            rates[run] = figure(figures, "read") / figure(figures, "seconds");
            heaps[run] = figure(figures, "heapMiB");
        }
        table.atLeast("extraction of six groups", Samples.of(rates), "resources/s read", 20_000);
        table.atMost("extraction of six groups, peak heap", Samples.of(heaps), "MiB", 1_024);
    }

    /** The search index at growing sizes; {@code -Dallmende.bench.sizes=100000,300000} is a trial. */
    private void scale() throws IOException {
        String[] sizes = System.getProperty("allmende.bench.sizes", SCALE_SIZES).split(",");
        List<String> arguments = new java.util.ArrayList<>(List.of(
                fresh("scale").toString(), root.resolve("docs/search-scale.svg").toString()));
        arguments.addAll(List.of(sizes));
        Map<String, String> figures = jvm.run(SearchScaleRun.class, arguments.toArray(String[]::new));
        ScaleReport.add(table, figures, Arrays.stream(sizes).map(Long::valueOf).toList());
    }

    private void pseudonyms() throws IOException {
        Map<String, String> figures =
                jvm.run(PseudonymRun.class, fresh("pseudonyms").toString(), "50000", "7");
        table.atLeast("pseudonyms: new ones in bulk", samples(figures, "made"), "/s", 20_000);
        table.plain("pseudonyms: known ones in bulk", samples(figures, "known"), "/s", "");
        table.plain("pseudonyms: a single new one", samples(figures, "single"), "ms", "durable");
    }

    private Path synthea(int patients) {
        Path files = root.resolve("bench/synthea/target/" + patients + "/fhir");
        if (!Files.isDirectory(files)) {
            throw new BenchFailure("Run bench/synthea/generate " + patients + " first");
        }
        return files;
    }

    /** A generated index of a town's hospital; made once. */
    private Path town() throws IOException {
        Path index = work.resolve("town-facts");
        if (!Files.exists(work.resolve("town-facts.done"))) {
            Trees.delete(index);
            jvm.run(
                    FactsRun.class,
                    index.toString(),
                    Integer.toString(COUNT_PATIENTS / COUNTRY_SITES),
                    Integer.toString(FACTS_PER_PATIENT));
            Files.createFile(work.resolve("town-facts.done"));
        }
        return index;
    }

    /** A country whose towns have a million patients together; made once, since publishing its statistics takes time. */
    private Path towns() throws IOException {
        Path country = work.resolve("country");
        if (!Files.exists(work.resolve("country.done"))) {
            Trees.delete(country);
            BenchCountry.prepare(country, town(), COUNTRY_SITES);
            Files.createFile(work.resolve("country.done"));
        }
        return country;
    }

    /** A loaded site of a million resources; made once. */
    private Path hospital() throws IOException {
        Path data = work.resolve("hospital");
        if (!Files.exists(work.resolve("hospital.done"))) {
            Trees.delete(data);
            Path files = work.resolve("hospital-files");
            generate(files, Format.NDJSON, RESTART_PATIENTS);
            Map<String, String> figures = jvm.run(LoadRun.class, data.toString(), files.toString());
            System.err.println("Loaded " + figures.get("resources") + " resources in " + figures.get("seconds") + " s");
            Trees.delete(files);
            Files.createFile(work.resolve("hospital.done"));
        }
        return data;
    }

    private static void generate(Path files, Format format, int patients) throws IOException {
        if (!Files.isDirectory(files)) {
            new SyntheticHospital(patients, 1).writeTo(files, format, written -> {});
        }
    }

    private static Samples repeat(IntToDoubleFunction run) {
        return Samples.of(IntStream.range(0, RUNS).mapToDouble(run).toArray());
    }

    static Samples samples(Map<String, String> figures, String name) {
        String values = figures.get(name);
        if (values == null) {
            throw new BenchFailure("The run did not print " + name);
        }
        return JsonbRun.samples(values);
    }

    static double figure(Map<String, String> figures, String name) {
        String value = figures.get(name);
        if (value == null) {
            throw new BenchFailure("The run did not print " + name);
        }
        return Double.parseDouble(value);
    }

    private static String figure(Map<String, String> figures, String kind, Question question) {
        String value = figures.get(kind + "." + question.file());
        if (value == null) {
            throw new BenchFailure("The run did not print " + kind + " of " + question.title());
        }
        return value;
    }

    private Path fresh(String name) throws IOException {
        Path directory = work.resolve(name);
        Trees.delete(directory);
        Files.createDirectories(directory);
        return directory;
    }
}
