package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ProblemTextTest {

    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)}");

    @ParameterizedTest
    @EnumSource(names = "OTHER", mode = EnumSource.Mode.EXCLUDE)
    void everyCodeIsSaidInBothLanguagesWithItsArguments(ProblemCode code) {
        List<String> arguments = IntStream.range(0, code.arguments())
                .mapToObj(number -> "«" + number + "»")
                .toList();

        assertThat(places(Locale.ENGLISH, code)).isEqualTo(new TreeSet<>(numbers(code.arguments())));
        assertThat(numbers(code.arguments())).containsAll(places(Locale.GERMAN, code));
        String english = ProblemText.of(code, arguments, Locale.ENGLISH);
        String german = ProblemText.of(code, arguments, Locale.GERMANY);
        assertThat(english).endsWith(".").doesNotContain("{");
        assertThat(arguments).allSatisfy(argument -> assertThat(english).contains(argument));
        assertThat(german).endsWith(".").doesNotContain("{").isNotEqualTo(english);
        assertThat(ProblemCode.ofKey(code.key())).isEqualTo(code);
    }

    @Test
    void noSentenceIsLeftOver() {
        Set<String> keys = new TreeSet<>(Collections.list(bundle(Locale.ENGLISH).getKeys()));
        assertThat(keys)
                .containsExactlyElementsOf(Stream.of(ProblemCode.values())
                        .filter(code -> code != ProblemCode.OTHER)
                        .map(ProblemCode::key)
                        .sorted()
                        .toList());
    }

    @Test
    void whatIsToldInEnglishOnlyStaysSo() {
        assertThat(ProblemText.of(new Problem("", "Only so."), Locale.GERMAN)).isEqualTo("Only so.");
        assertThat(ProblemText.of(ProblemCode.NO_DATA, List.of(), "A newer sentence.", Locale.GERMAN))
                .isEqualTo("A newer sentence.");
        assertThat(ProblemCode.ofKey("not-known-yet")).isEqualTo(ProblemCode.OTHER);
    }

    @Test
    void anArgumentIsTakenAsItIs() {
        assertThat(ProblemText.of(Problem.of("", ProblemCode.UNKNOWN_UNIT, "{0}$1\\"), Locale.GERMAN))
                .isEqualTo("\"{0}$1\\\" ist keine UCUM-Einheit.");
    }

    /** All that the case files provoke has a German sentence, and every part of a query that it names a German name. */
    @Test
    void problemsOfQueriesAreToldInGerman() throws IOException {
        CcdlReader reader = new CcdlReader(Catalogues.shipped());
        Set<ProblemCode> met = new TreeSet<>();
        for (JsonNode one : cases()) {
            if (reader.read(FhirJson.write(one.get("query"))) instanceof ParsedQuery.Invalid(List<Problem> problems)) {
                assertThat(problems).allSatisfy(problem -> {
                    met.add(problem.code());
                    assertThat(problem.code()).isNotEqualTo(ProblemCode.OTHER);
                    assertThat(ProblemText.of(problem, Locale.ENGLISH)).isEqualTo(problem.message());
                    assertThat(ProblemText.of(problem, Locale.GERMAN))
                            .isNotEqualTo(problem.message())
                            .doesNotContain("Diese Angabe");
                });
            }
        }
        assertThat(met).hasSizeGreaterThan(30);
    }

    private static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (Stream<Path> files =
                Files.list(Path.of(System.getProperty("allmende.root"), "core/src/test/resources/ccdl"))) {
            for (Path file : files.sorted().toList()) {
                FhirJson.parse(Files.readAllBytes(file)).forEach(cases::add);
            }
        }
        return cases;
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static Set<Integer> places(Locale locale, ProblemCode code) {
        Set<Integer> places = new TreeSet<>();
        PLACE.matcher(bundle(locale).getString(code.key()))
                .results()
                .forEach(place -> places.add(Integer.parseInt(place.group(1))));
        return places;
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "allmende.cohort.problems",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
