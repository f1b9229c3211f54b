package allmende.app.release;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.site.SiteData;
import allmende.app.web.Question;
import allmende.app.web.QuestionLibrary;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ParsedQuery;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatistics.Concept;
import allmende.core.disclosure.PublishedStatisticsJson;
import allmende.core.disclosure.RulesRead;
import allmende.core.estimate.Estimate;
import allmende.core.estimate.Estimator;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.terminology.Terminology;
import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics of a synthetic hospital, and how well estimates from them meet the true counts. */
final class StatisticsTest {

    private static final int PATIENTS = 1000;
    private static final Set<String> FEATURES = Set.of("AT_LEAST", "POSITION", "WITHIN");

    @TempDir
    static Path folder;

    private static SiteData data;
    private static SideTables tables;
    private static PublishedStatistics statistics;

    @BeforeAll
    static void load() throws IOException {
        data = Hospital.open(folder, PATIENTS);
        tables = Stores.openBeside(
                new StoreLocation.Embedded(folder.resolve("data")), "release", "allmende/release/migration");
        statistics = publications().current(data, FEATURES);
    }

    private static Publications publications() {
        return Publications.open(folder.resolve("data"), tables, InstantSource.system());
    }

    @AfterAll
    static void close() {
        tables.close();
        data.close();
    }

    private static long count(Criterion... all) {
        List<List<Criterion>> groups = List.of(all).stream().map(List::of).toList();
        return data.count(new CohortQuery(groups, List.of()), SiteData.today()).count();
    }

    private static Criterion criterion(String context, Coding coding) {
        return new Criterion(context, List.of(coding), "", null, List.of(), null, CriterionExtension.NONE, "");
    }

    @Test
    void eachNumberIsNearTheTrueOneAndCountsPatientsOnceUpTheTree() {
        assertThat(statistics.patients()).isBetween(PATIENTS - 20L, PATIENTS + 20L);
        int concepts = 0;
        for (Map.Entry<String, PublishedStatistics.Context> context :
                statistics.contexts().entrySet()) {
            for (Map.Entry<Coding, Concept> concept :
                    context.getValue().concepts().entrySet()) {
                long published = concept.getValue().patients();
                assertThat(published).isLessThanOrEqualTo(PATIENTS + 20L);
                if (concepts++ % 17 == 0) {
                    assertThat(count(criterion(context.getKey(), concept.getKey())))
                            .as("%s", concept.getKey())
                            .isBetween(published - 22, published + 22);
                }
            }
        }
        assertThat(concepts).isGreaterThan(200);
        Map<Coding, Concept> diagnoses =
                Objects.requireNonNull(statistics.contexts().get("Diagnose")).concepts();
        assertThat(diagnoses)
                .containsKeys(new Coding(Terminology.ICD_10_GM, "E10-E14"), new Coding(Terminology.ICD_10_GM, "E11"));
    }

    @Test
    void conceptsThatTheTerminologyDoesNotKnowHaveTextsFromTheData() {
        Map<Coding, Concept> labs = Objects.requireNonNull(statistics.contexts().get("Laboruntersuchung"))
                .concepts();
        assertThat(labs.values())
                .filteredOn(concept -> concept.display() != null)
                .hasSizeGreaterThan(labs.size() / 2);
        assertThat(labs.values())
                .filteredOn(concept -> !concept.histograms().isEmpty())
                .isNotEmpty();
    }

    @Test
    void writtenAndReadTheyAreTheSameAndSmall() throws IOException {
        byte[] json = FhirJson.write(PublishedStatisticsJson.write(statistics));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(json);
        }
        assertThat(packed.size()).isLessThan(1_000_000);
        assertThat(PublishedStatisticsJson.read(FhirJson.parse(json))).isEqualTo(new RulesRead.Valid<>(statistics));
    }

    @Test
    void thoseOfAMonthStay() {
        assertThat(publications().current(data, FEATURES)).isEqualTo(statistics);
    }

    @Test
    void trueCountsOfTypicalQuestionsLieWithinTheBoundsOfTheirEstimates() {
        Estimator estimator = new Estimator();
        List<Double> errors = new ArrayList<>();
        questions().forEach((name, query) -> {
            long truth = data.count(query, SiteData.today()).count();
            Estimate estimate = estimator.estimate(query, Map.of("site", statistics));
            assertThat(truth).as(name).isBetween(estimate.low(), estimate.high());
            if (truth >= 10) {
                errors.add(Math.abs(estimate.likely() - truth) / (double) truth);
            }
        });
        errors.sort(null);
        assertThat(errors.get(errors.size() / 2)).isLessThan(0.5);
    }

    /** The questions that come with the program, and simple ones. */
    private static Map<String, CohortQuery> questions() {
        Map<String, CohortQuery> questions = new TreeMap<>();
        for (Question question : QuestionLibrary.shipped().all()) {
            byte[] text = question.query().english().getBytes(StandardCharsets.UTF_8);
            if (data.read(text) instanceof ParsedQuery.Valid(CohortQuery query)) {
                questions.put(question.id(), query);
                for (int i = 0; i < query.inclusion().size(); i++) {
                    questions.put(
                            question.id() + "/" + i,
                            new CohortQuery(query.inclusion().subList(i, i + 1), List.of()));
                }
            }
        }
        assertThat(questions).hasSizeGreaterThan(13);
        return questions;
    }

    @Test
    void agesAreThoseOfToday() {
        assertThat(statistics.period().atEndOfMonth())
                .isAfterOrEqualTo(LocalDate.now().minusDays(40));
        assertThat(statistics.strata().sum()).isGreaterThan(PATIENTS / 2);
    }
}
