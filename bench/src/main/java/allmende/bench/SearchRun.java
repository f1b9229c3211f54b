package allmende.bench;

import allmende.app.concepts.ConceptFilter;
import allmende.app.concepts.ConceptSearch;
import allmende.core.cohort.Catalogues;
import allmende.core.terminology.Terminology;
import allmende.engine.terminology.GermanTerminology;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Searches the shipped concepts as people do: whole words, beginnings, codes, lay words, slips, nothing at all. Argument:
 * an empty folder for the index.
 */
final class SearchRun {

    private static final int WARM_UPS = 20;
    private static final int ROUNDS = 5;
    private static final int PAGE = 20;
    private static final List<String> TEXTS = List.of(
            "I50",
            "i501",
            "5-820",
            "2160-0",
            "Herzinsuffizienz",
            "heart failure",
            "heart attack",
            "h",
            "he",
            "herz",
            "herzins",
            "diabetes mellitus typ 2",
            "Insuffizienz Herz",
            "Hüftgelenk",
            "Bauchspeicheldruesenkrebs",
            "Herzinsufizienz",
            "diabtes",
            "metformn",
            "Kardiomyopathy",
            "karcinom",
            "blood pressure",
            "Kreatinin",
            "operation",
            "e",
            "",
            "xqzzkwv",
            "akute Entzündung der Gallenblase",
            "creatinine in serum");

    private SearchRun() {}

    /** Prints {@code build}, {@code availability} and {@code searches} in milliseconds, and {@code concepts}. */
    public static void main(String[] arguments) {
        Terminology terminology = GermanTerminology.load(null);
        long start = System.nanoTime();
        try (ConceptSearch search = ConceptSearch.open(Path.of(arguments[0]), terminology, Catalogues.shipped())) {
            System.out.println("build=" + millis(start));
            System.out.println("concepts=" + search.size());
            start = System.nanoTime();
            search.availability(Map.of());
            System.out.println("availability=" + millis(start));
            for (int round = 0; round < WARM_UPS; round++) {
                TEXTS.forEach(text -> search.search(text, ConceptFilter.NONE, 0, PAGE));
            }
            StringBuilder searches = new StringBuilder();
            for (int round = 0; round < ROUNDS; round++) {
                for (String text : TEXTS) {
                    start = System.nanoTime();
                    search.search(text, ConceptFilter.NONE, 0, PAGE);
                    searches.append(millis(start)).append(' ');
                }
            }
            System.out.println("searches=" + searches.toString().strip());
        }
    }

    private static String millis(long start) {
        return String.format(Locale.ROOT, "%.2f", (System.nanoTime() - start) / 1e6);
    }
}
