package allmende.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import allmende.core.explain.Sentence.Part;
import allmende.core.fhir.FhirJson;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences, by the cases in {@code plain-language/sentences.txt}. */
final class PlainLanguageTest {

    private static final Catalogue CATALOGUE = Catalogues.shipped();
    private static final DisplayNames NAMES = DisplayNames.of(CATALOGUE, Terminology.of(List.of()));

    /** One case: a heading, a query, its German and its English sentence. */
    record Case(String name, String query, String german, String english) {

        static Case of(String block) {
            List<String> lines = block.strip().lines().toList();
            return new Case(
                    lines.get(0).substring(2),
                    lines.get(1),
                    lines.get(2).substring(3),
                    lines.get(3).substring(3));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream stream = PlainLanguageTest.class.getResourceAsStream("/plain-language/sentences.txt")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n\n")).map(Case::of).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAsExpected(Case expected) {
        assertThat(sentence(expected, Locale.GERMAN).text()).isEqualTo(expected.german());
        assertThat(sentence(expected, Locale.ENGLISH).text()).isEqualTo(expected.english());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyCriterionIsLinked(Case given) {
        List<String> pointers = Stream.of(query(given).inclusion(), query(given).exclusion())
                .flatMap(List::stream)
                .flatMap(List::stream)
                .map(criterion -> criterion.pointer())
                .toList();
        for (Locale language : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            assertThat(sentence(given, language).parts().stream()
                            .map(Part::pointer)
                            .filter(Objects::nonNull)
                            .distinct())
                    .containsExactlyElementsOf(pointers);
        }
    }

    @Test
    void thereAreManyCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void bothLanguagesHaveTheSamePhrases() {
        assertThat(new TreeSet<>(Phrases.in(Locale.GERMAN).keys()))
                .isEqualTo(Phrases.in(Locale.ENGLISH).keys());
    }

    @Test
    void aQueryWithoutCriteriaIsSaidSo() {
        CohortQuery nothing = new CohortQuery(List.of(), List.of());
        assertThat(PlainLanguage.of(nothing, Locale.GERMAN, NAMES).text()).isEqualTo("Noch kein Kriterium.");
        assertThat(PlainLanguage.of(nothing, Locale.ENGLISH, NAMES).text()).isEqualTo("No criterion yet.");
    }

    @Test
    void exclusionAloneSpeaksOfAll() throws IOException {
        Case some = cases().findFirst().orElseThrow();
        CohortQuery excluding = new CohortQuery(List.of(), query(some).inclusion());
        assertThat(PlainLanguage.of(excluding, Locale.ENGLISH, NAMES).text())
                .startsWith("All patients, but not those who");
    }

    private static CohortQuery query(Case given) {
        ParsedQuery parsed = new CcdlReader(CATALOGUE).read(given.query().getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(ParsedQuery.Valid.class);
        return ((ParsedQuery.Valid) parsed).query();
    }

    private static Sentence sentence(Case given, Locale language) {
        DisplayNames names =
                DisplayNames.withTexts(FhirJson.parse(given.query().getBytes(StandardCharsets.UTF_8)), NAMES);
        return PlainLanguage.of(query(given), language, names);
    }
}
