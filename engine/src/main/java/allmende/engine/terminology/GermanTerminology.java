package allmende.engine.terminology;

import allmende.core.terminology.CodeSystemReader;
import allmende.core.terminology.Terminology;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static CodeSystemReader.Read read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return CodeSystemReader.read(in, null);
        } catch (IOException problem) {
            return new CodeSystemReader.Read.Unusable("can't be read");
        }
    }
}
