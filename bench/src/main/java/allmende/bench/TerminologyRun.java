package allmende.bench;

import allmende.core.terminology.operation.CodeSet;
import allmende.core.terminology.operation.Expander;
import allmende.core.terminology.operation.Expansion;
import allmende.core.terminology.operation.TerminologySource;
import allmende.core.terminology.operation.ValueSetEvaluator;
import allmende.engine.packages.Packages;
import allmende.engine.terminology.InstalledTerminology;
import allmende.engine.terminology.SystemLibrary;
import allmende.engine.terminology.importing.ImportOutcome;
import allmende.engine.terminology.importing.TerminologyImport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Imports a made-up SNOMED CT of the real one's size (360,000 concepts, 1.5 million descriptions, 560,000 is-a
 * relationships) and asks it. Arguments: a folder for the files; {@code serve} as the second one only opens and asks.
 */
public final class TerminologyRun {

    private static final int CONCEPTS = 360_000;
    private static final int DESCRIPTIONS = 1_500_000;
    private static final int PARENTS_MORE = 200_000;
    private static final int WORDS = 20_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private TerminologyRun() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SystemLibrary library = new SystemLibrary(folder.resolve("terminology"));
        if (arguments.length == 1) {
            Path release = folder.resolve("SnomedCT_MadeUp.zip");
            if (!Files.exists(release)) {
                Files.createDirectories(folder);
                timed("made up", () -> release(release));
            }
            timed("import", () -> {
                ImportOutcome outcome = new TerminologyImport(library, _ -> {})
                        .run(TerminologyImport.Publisher.SNOMED, List.of(release), null, false);
                print(outcome.toString());
            });
        }
        serve(folder, library);
    }

    private static void serve(Path folder, SystemLibrary library) throws IOException {
        print("heap before opening " + heap() + " MB");
        InstalledTerminology[] source = new InstalledTerminology[1];
        timed("open", () -> {
            source[0] = new InstalledTerminology(
                    library, Packages.open(folder.resolve("packages")), folder.resolve("cache"));
            var found = (TerminologySource.Found.Here) source[0].system(ValueSetEvaluator.SNOMED, null);
            print(found.table().size() + " concepts, " + found.table().display(1));
        });
        for (int round = 0; round < 3; round++) {
            expand(source[0], "everything below the top", "isa/" + id(0, "10"), "");
            expand(source[0], "below a branch", "isa/" + id(3, "10"), "");
            expand(source[0], "two words among all", "isa/" + id(0, "10"), "w12 w3");
            expand(source[0], "an expression", "ecl/(< " + id(3, "10") + " OR << " + id(5, "10") + ") ", "");
        }
        print("heap while serving " + heap() + " MB; files "
                + library.list().getFirst().bytes() / 1_000_000 + " MB");
    }

    private static void expand(InstalledTerminology source, String name, String rule, String filter)
            throws IOException {
        timed(name, () -> {
            CodeSet codes = new ValueSetEvaluator(source, Map.of())
                    .evaluate("http://snomed.info/sct?fhir_vs=" + rule)
                    .orElseThrow();
            Expansion page = Expander.expand(codes, new Expander.Wanted(filter, 0, 20, false, false, null, false));
            print(page instanceof Expansion.Expanded expanded ? expanded.total() + " codes" : page.toString());
        });
    }

    /** Does something that may fail on files. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void timed(String name, Work work) throws IOException {
        long start = System.nanoTime();
        work.run();
        print("%-28s %,.0f ms".formatted(name, (System.nanoTime() - start) / NANOS_PER_MILLI));
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000;
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private static void release(Path file) throws IOException {
        Random random = new Random(1);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
                Writer out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8))) {
            String tail = "\t20250701\t1\t900000000000207008\t";
            begin(zip, out, "sct2_Concept_Snapshot_INT", "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId");
            for (int i = 0; i < CONCEPTS; i++) {
                out.write(id(i, "10") + tail + "900000000000074008\n");
            }
            out.flush();
            begin(
                    zip,
                    out,
                    "sct2_Description_Snapshot-en_INT",
                    "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId");
            for (int i = 0; i < DESCRIPTIONS; i++) {
                String type = i < CONCEPTS ? "900000000000003001" : "900000000000013009";
                out.write(id(i, "11") + tail + id(i % CONCEPTS, "10") + "\ten\t" + type + "\t" + term(random)
                        + "\t900000000000448009\n");
            }
            out.flush();
            begin(
                    zip,
                    out,
                    "der2_cRefset_LanguageSnapshot-en_INT",
                    "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tacceptabilityId");
            for (int i = CONCEPTS; i < 2 * CONCEPTS; i++) {
                out.write("x" + i + tail + "900000000000509007\t" + id(i, "11") + "\t900000000000548007\n");
            }
            out.flush();
            begin(
                    zip,
                    out,
                    "sct2_Relationship_Snapshot_INT",
                    "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId"
                            + "\tcharacteristicTypeId\tmodifierId");
            relationships(out, tail, random);
            out.flush();
        }
    }

    private static void relationships(Writer out, String tail, Random random) throws IOException {
        for (int i = 1; i < CONCEPTS + PARENTS_MORE; i++) {
            int child = i < CONCEPTS ? i : 1 + random.nextInt(CONCEPTS - 1);
            int parent = i < CONCEPTS ? Math.max(0, child / 8 + random.nextInt(2) - 1) : random.nextInt(child);
            out.write(id(i, "12") + tail + id(child, "10") + "\t" + id(Math.min(parent, child - 1), "10")
                    + "\t0\t116680003\t900000000000011006\t900000000000451002\n");
        }
    }

    private static void begin(ZipOutputStream zip, Writer out, String name, String head) throws IOException {
        zip.putNextEntry(new ZipEntry("Release/Snapshot/" + name + "_20250701.txt"));
        out.write(head + "\n");
    }

    private static String term(Random random) {
        StringBuilder term = new StringBuilder();
        for (int words = 2 + random.nextInt(4); words > 0; words--) {
            int number = (int) (WORDS * Math.pow(random.nextDouble(), 3));
            term.append(term.isEmpty() ? "w" : " w").append(number);
        }
        return term.toString();
    }

    /** An identifier with its right check digit. */
    private static String id(int number, String partition) {
        String body = (1_000_000 + number) + partition;
        for (int digit = 0; digit < 10; digit++) {
            if (TerminologyImport.isSnomedId(body + digit)) {
                return body + digit;
            }
        }
        throw new IllegalStateException("no check digit fits");
    }
}
