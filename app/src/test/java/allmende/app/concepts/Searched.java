package allmende.app.concepts;

import allmende.core.cohort.Catalogues;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.Strata;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import allmende.engine.terminology.GermanTerminology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One index over everything that is shipped, built once for all tests. */
final class Searched {

    static final Terminology TERMINOLOGY = GermanTerminology.load(null);

    private static @Nullable Path folder;

    private Searched() {}

    /** The index' folder; built by whoever asks first. */
    static synchronized Path folder() {
        Path known = folder;
        if (known == null) {
            try {
                known = Files.createTempDirectory("allmende-concepts");
                folder = known;
                ConceptSearch.open(known, TERMINOLOGY, Catalogues.shipped()).close();
                Path whole = known;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(whole)));
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        }
        return known;
    }

    static ConceptSearch open() {
        return ConceptSearch.open(folder(), TERMINOLOGY, Catalogues.shipped());
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            // what is left in the folder for temporary files harms nobody
        }
    }

    /** What a site publishes: patients by context, system and code. */
    static PublishedStatistics site(Object... contextSystemCodePatients) {
        Map<String, Map<Coding, PublishedStatistics.Concept>> contexts = new HashMap<>();
        for (int i = 0; i < contextSystemCodePatients.length; i += 4) {
            contexts.computeIfAbsent((String) contextSystemCodePatients[i], _ -> new HashMap<>())
                    .put(
                            new Coding((String) contextSystemCodePatients[i + 1], (String)
                                    contextSystemCodePatients[i + 2]),
                            new PublishedStatistics.Concept(
                                    (Integer) contextSystemCodePatients[i + 3],
                                    "Zwirbelbefund des Hauses",
                                    Strata.NONE,
                                    PublishedStatistics.Years.NONE,
                                    List.of()));
        }
        Map<String, PublishedStatistics.Context> all = new HashMap<>();
        contexts.forEach((context, concepts) -> all.put(context, new PublishedStatistics.Context(100, concepts)));
        return new PublishedStatistics(
                YearMonth.of(2026, 1),
                100,
                Strata.NONE,
                all,
                List.of(),
                Set.of(),
                Map.of(),
                new PublishedStatistics.Terms(1, 1, 1, 1));
    }
}
