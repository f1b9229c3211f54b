package allmende.engine.terminology;

import allmende.core.terminology.CodeSystemReader;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.ConceptTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The German classifications, complete and unchanged: ICD-10-GM 2025 and OPS 2025. Published by the Bundesinstitut für
 * Arzneimittel und Medizinprodukte (BfArM); ICD-10-GM is based on the ICD-10 of the World Health Organization (WHO). They
 * come with the program's class path, as FHIR CodeSystems in a package of gematik.
 */
public final class GermanTerminology {

    /** Whose work the classifications are, as shown beside their texts. */
    public static final String SOURCE = "ICD-10-GM 2025 © WHO, BfArM 1994–2025; OPS 2025 © BfArM 1994–2025. "
            + "Erstellt unter Verwendung der maschinenlesbaren Fassung des Bundesinstituts für Arzneimittel und "
            + "Medizinprodukte (BfArM).";

    private GermanTerminology() {}

    /**
     * What was loaded.
     *
     * @param terminology the shipped classifications and every usable file
     * @param problems one sentence per file that is not usable, with its path
     */
    public record Loaded(Terminology terminology, List<String> problems) {
        public Loaded {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Loads the shipped classifications.
     *
     * @param cacheDirectory keeps their compact form, so that later starts need not read 55 MB of JSON; created if absent,
     *     rebuilt if damaged; null works without
     */
    public static Terminology load(@Nullable Path cacheDirectory) {
        return load(cacheDirectory, List.of()).terminology();
    }

    /**
     * Loads the shipped classifications and code systems that the operator has a licence for, such as SNOMED CT or LOINC.
     *
     * @param further FHIR CodeSystem JSON files; one with the URI of a shipped system replaces it
     */
    public static Loaded load(@Nullable Path cacheDirectory, List<Path> further) {
        List<Terminology.CodeSystem> systems = new ArrayList<>(new TerminologyCache(cacheDirectory).shipped());
        List<String> problems = new ArrayList<>();
        for (Path file : further) {
            switch (read(file)) {
                case CodeSystemReader.Read.Usable(Terminology.CodeSystem system) -> systems.add(system);
                case CodeSystemReader.Read.Unusable(String reason) -> problems.add(file + ": " + reason);
            }
        }
        return new Loaded(Terminology.of(systems), problems);
    }

    /**
     * Loads the shipped classifications and the newest version of each other code system that was imported, so that the index
     * knows what stands below what. A classification of the program stays that of the program.
     */
    public static Terminology load(@Nullable Path cacheDirectory, SystemLibrary library) {
        List<Terminology.CodeSystem> systems = new ArrayList<>(new TerminologyCache(cacheDirectory).shipped());
        Set<String> known = new HashSet<>();
        systems.forEach(system -> known.add(system.uri()));
        for (ConceptTable table : library.tables()) {
            if (known.add(table.facts().url())
                    && Hierarchy.of(concepts(table)) instanceof Hierarchy.Built.Whole(Hierarchy hierarchy)) {
                systems.add(new Terminology.CodeSystem(
                        table.facts().url(), table.facts().version(), hierarchy));
            }
        }
        return Terminology.of(systems);
    }

    private static List<Hierarchy.Concept> concepts(ConceptTable table) {
        List<Hierarchy.Concept> concepts = new ArrayList<>(table.size());
        for (int concept = 0; concept < table.size(); concept++) {
            List<String> parents =
                    Arrays.stream(table.parents(concept)).mapToObj(table::code).toList();
            concepts.add(new Hierarchy.Concept(table.code(concept), table.display(concept), parents));
        }
        return concepts;
    }

    private static CodeSystemReader.Read read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return CodeSystemReader.read(in, null);
        } catch (IOException problem) {
            return new CodeSystemReader.Read.Unusable("can't be read");
        }
    }
}
