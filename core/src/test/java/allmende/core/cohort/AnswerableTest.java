package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerableTest {

    private static final String DIAGNOSIS = """
            {"context":{"system":"fdpg.mii.cds","code":"Diagnose"},
             "termCodes":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"E11"}]""";
    private static final String LABORATORY = """
            {"context":{"system":"fdpg.mii.cds","code":"Laboruntersuchung"},
             "termCodes":[{"system":"http://loinc.org","code":"2160-0"}]""";
    private static final String SPECIMEN = """
            {"context":{"system":"fdpg.mii.cds","code":"Specimen"},
             "termCodes":[{"system":"http://snomed.info/sct","code":"119364003"}],
             "attributeFilters":[{"type":"reference","attributeCode":{"system":"http://hl7.org/fhir/StructureDefinition",
               "code":"festgestellteDiagnose"},"criteria":[%s}]}]""".formatted(DIAGNOSIS);
    private static final String SEX = """
            {"context":{"system":"fdpg.mii.cds","code":"Patient"},
             "termCodes":[{"system":"http://snomed.info/sct","code":"263495000"}],
             "valueFilter":{"type":"concept","selectedConcepts":[
               {"system":"http://hl7.org/fhir/administrative-gender","code":"male"}]}""";

    @Test
    void aSiteWithAllOfItCanAnswer() {
        assertThat(unanswerable(DIAGNOSIS, LABORATORY, Set.of("Diagnose", "Laboruntersuchung"), Set.of()))
                .isEmpty();
    }

    @Test
    void patientsAreKnownEverywhere() {
        assertThat(unanswerable(SEX, SEX, Set.of(), Set.of())).isEmpty();
    }

    @Test
    void whatIsExcludedMustBeKnownAsWell() {
        assertThat(unanswerable(DIAGNOSIS, LABORATORY, Set.of("Diagnose"), Set.of()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/exclusionCriteria/0/0");
                    assertThat(problem.message()).contains("Laboruntersuchung");
                });
    }

    @Test
    void criteriaInsideOfReferenceFiltersCount() {
        assertThat(unanswerable(SPECIMEN, SEX, Set.of("Specimen"), Set.of()))
                .extracting(Problem::pointer)
                .containsExactly("/inclusionCriteria/0/0/attributeFilters/0/criteria/0");
    }

    @Test
    void extensionsMustBeUnderstoodAndTheirCriteriaKnown() {
        String near = DIAGNOSIS + ",\"allmende\":{\"atLeast\":2,\"within\":{\"days\":3,\"direction\":\"after\",\"of\":"
                + LABORATORY + "}}}";

        assertThat(unanswerable(near, SEX, Set.of("Diagnose"), Set.of(Feature.AT_LEAST, Feature.POSITION)))
                .extracting(Problem::pointer)
                .containsExactly("/inclusionCriteria/0/0/allmende/within", "/inclusionCriteria/0/0/allmende/within/of");
        assertThat(unanswerable(near, SEX, Set.of("Diagnose", "Laboruntersuchung"), Set.of(Feature.values())))
                .isEmpty();
    }

    private static List<Problem> unanswerable(
            String included, String excluded, Set<String> contexts, Set<Feature> understood) {
        String document = "{\"version\":\"2\",\"inclusionCriteria\":[[" + included + "}]],\"exclusionCriteria\":[["
                + excluded + "}]]}";
        ParsedQuery read = new CcdlReader(Catalogues.shipped()).read(document.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(ParsedQuery.Valid.class);
        return Answerable.unanswerable(((ParsedQuery.Valid) read).query(), contexts, understood);
    }
}
