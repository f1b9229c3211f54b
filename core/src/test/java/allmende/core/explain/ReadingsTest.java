package allmende.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.QueryArbitraries;
import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CQL and SQL by the files in {@code readings}; and what holds of every reading of every query. */
final class ReadingsTest {

    private static final Catalogue CATALOGUE = Catalogues.shipped();
    private static final DisplayNames NAMES = DisplayNames.of(CATALOGUE, Terminology.of(List.of()));

    /** The cases of {@link PlainLanguageTest} that have a file. */
    static Stream<PlainLanguageTest.Case> cases() throws IOException {
        return PlainLanguageTest.cases().filter(one -> text(one, ".cql") != null);
    }

    private static @Nullable String text(PlainLanguageTest.Case given, String suffix) {
        String name = given.name().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
        try (InputStream stream = ReadingsTest.class.getResourceAsStream("/readings/" + name + suffix)) {
            return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAsExpected(PlainLanguageTest.Case given) {
        byte[] json = given.query().getBytes(StandardCharsets.UTF_8);
        ParsedQuery parsed = new CcdlReader(CATALOGUE).read(json);
        assertThat(parsed).isInstanceOf(ParsedQuery.Valid.class);
        CohortQuery query = ((ParsedQuery.Valid) parsed).query();
        DisplayNames names = DisplayNames.withTexts(FhirJson.parse(json), NAMES);
        assertThat(CqlText.of(query, CATALOGUE, names)).isEqualTo(text(given, ".cql"));
        assertThat(SqlText.of(query, CATALOGUE, names)).isEqualTo(text(given, ".sql"));
    }

    @Test
    void thereAreCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(12);
    }

    @Provide
    Arbitrary<CohortQuery> queries() {
        return QueryArbitraries.queries(CATALOGUE);
    }

    @Property(tries = 60)
    void theSentenceNamesEveryCriterionAndNumber(@ForAll("queries") CohortQuery query) {
        for (Locale language : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            String sentence = PlainLanguage.of(query, language, NAMES).text();
            assertThat(sentence).doesNotContain("{", "  ", "null").endsWith(".");
            Stream.of(query.inclusion(), query.exclusion())
                    .flatMap(List::stream)
                    .flatMap(List::stream)
                    .forEach(criterion -> assertNamed(criterion, sentence, language));
        }
    }

    /** Contexts that ask one thing only, so that a sentence names the thing without its code. */
    private static final Set<String> SAID_BY_CONTEXT = Set.of("Patient", "Vitalstatus");

    private static void assertNamed(Criterion criterion, String sentence, Locale language) {
        if (!SAID_BY_CONTEXT.contains(criterion.context())) {
            assertThat(sentence).contains(criterion.display());
            criterion.termCodes().forEach(code -> assertThat(sentence).contains(code.code()));
        }
        switch (criterion.value()) {
            case null -> {}
            case ValueFilter.Concepts(List<Coding> concepts) ->
                concepts.forEach(concept -> assertThat(sentence).contains(concept.code()));
            case ValueFilter.Comparison comparison ->
                assertThat(sentence).contains(number(comparison.value().toPlainString(), language));
            case ValueFilter.Range range ->
                assertThat(sentence)
                        .contains(
                                number(range.minimum().toPlainString(), language),
                                number(range.maximum().toPlainString(), language));
        }
        Integer atLeast = criterion.extension().atLeast();
        if (atLeast != null) {
            assertThat(sentence).contains(atLeast.toString());
        }
    }

    private static String number(String text, Locale language) {
        return language.equals(Locale.GERMAN) ? text.replace('.', ',') : text;
    }

    @Property(tries = 40)
    void everyQueryHasCqlAndSql(@ForAll("queries") CohortQuery query) {
        long criteria = Stream.of(query.inclusion(), query.exclusion())
                .flatMap(List::stream)
                .mapToLong(List::size)
                .sum();
        String cql = CqlText.of(query, CATALOGUE, NAMES);
        assertThat(cql).contains("define \"InCohort\"").doesNotContain(" ()", "null'");
        assertThat(cql.lines().filter(line -> line.matches("define \"Criterion X?\\d+\":")))
                .hasSize((int) criteria);
        String sql = SqlText.of(query, CATALOGUE, NAMES);
        assertThat(sql.lines().filter(line -> line.endsWith(" as ("))).hasSize((int) criteria);
    }
}
