package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever reads what a person has written says its problems by a code, which has a sentence in every language, and names
 * parts that have a name in every language. Read from the sources, since no test provokes them all.
 */
class GermanOnlyTest {

    /** Readers of documents that people write; the others read files of the program or of its operator. */
    private static final List<String> ROOMS = List.of(
            "core/src/main/java/allmende/core/cohort",
            "core/src/main/java/allmende/core/document",
            "core/src/main/java/allmende/core/extraction",
            "app/src/main/java/allmende/app/feasibility",
            "app/src/main/java/allmende/app/selection",
            "app/src/main/java/allmende/app/workbench",
            "app/src/main/java/allmende/app/web",
            "engine/src/main/java/allmende/engine/count");

    private static final Pattern ENGLISH_ONLY =
            Pattern.compile("new Problem\\(|\\.problem\\(\\s*\"|ProblemCode\\.OTHER\\b|\\bproblem\\.message\\(\\)");
    private static final Pattern PART = Pattern.compile(
            "(?:\\.(?:object|requiredText|requiredNumber|wholeNumber)\\(|NOT_OBJECT,|MISSING,)\\s*\"([^\"]+)\"");

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String room : ROOMS) {
            try (Stream<Path> files = Files.list(Path.of(System.getProperty("allmende.root"), room))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString();
                    if (!name.startsWith("Catalogue") && !name.startsWith("Problem.") && !name.equals("Place.java")) {
                        sources.put(name, Files.readString(file));
                    }
                }
            }
        }
        sources.remove("ProblemText.java");
        sources.remove("ProblemCode.java");
        return sources;
    }

    @Test
    void nothingIsSaidInEnglishOnly() throws IOException {
        List<String> found = new ArrayList<>();
        sources().forEach((name, source) -> ENGLISH_ONLY
                .matcher(source)
                .results()
                .forEach(hit -> found.add(
                        name + ": " + source.substring(hit.start(), Math.min(source.length(), hit.end() + 40)))));
        assertThat(found).isEmpty();
    }

    @Test
    void everyPartHasAGermanName() throws IOException {
        ResourceBundle german = ResourceBundle.getBundle("allmende.cohort.problems", Locale.GERMAN);
        List<String> parts = sources().values().stream()
                .flatMap(source -> PART.matcher(source).results())
                .map((MatchResult hit) -> hit.group(1))
                .distinct()
                .toList();

        assertThat(parts).hasSizeGreaterThan(20).allSatisfy(part -> assertThat(
                        ProblemText.of(Problem.of("", ProblemCode.MISSING, part), Locale.GERMAN))
                .doesNotStartWith(german.getString("part") + " "));
    }
}
