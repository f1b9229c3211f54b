package allmende.app.quality;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.engine.terminology.IcdLimits;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RuleCheckTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MAN =
            "{\"resourceType\":\"Patient\",\"gender\":\"male\",\"birthDate\":\"1990-05-01\",\"identifier\":[{}]}";
    private static RuleCheck check;

    @BeforeAll
    static void load() throws IOException {
        check = new RuleCheck(RuleBook.shipped(), IcdLimits.load());
    }

    @Test
    void goodDataBreakNoRule() {
        assertThat(broken("Patient", MAN, null)).isEmpty();
        assertThat(broken("Condition", condition("E11.9", "2020-01-01", "2020-01-02"), MAN))
                .isEmpty();
        assertThat(broken("Observation", observation("8867-4", "72", "/min"), MAN))
                .isEmpty();
    }

    @Test
    void codesThatDontFitSexAndAge() {
        assertThat(broken("Condition", condition("O80", "2020-01-01", "2020-01-02"), MAN))
                .contains("icd-sex");
        assertThat(broken("Condition", condition("C61", "2001-01-01", "2001-01-02"), MAN))
                .contains("icd-age")
                .doesNotContain("icd-sex");
        assertThat(broken("Condition", condition("P07.0", "2020-01-01", "2020-01-02"), MAN))
                .contains("icd-age");
    }

    @Test
    void timesThatCantBe() {
        assertThat(broken("Condition", condition("E11.9", "1980-01-01", "1980-01-01"), MAN))
                .contains("condition-before-birth");
        assertThat(broken("Condition", condition("E11.9", "2020-01-01", "2030-01-01"), MAN))
                .contains("event-in-future", "condition-late");
        assertThat(broken(
                        "Patient",
                        "{\"birthDate\":\"1990-01-01\",\"deceasedDateTime\":\"1980-01-01\",\"gender\":\"male\"}",
                        null))
                .contains("birth-after-death", "patient-identifier-missing");
        assertThat(broken(
                        "Encounter",
                        "{\"status\":\"finished\",\"class\":{},\"subject\":{\"reference\":\"Patient/1\"},\"period\":{\"start\":\"2020-02-02\",\"end\":\"2020-01-01\"}}",
                        MAN))
                .containsExactly("encounter-end-before-start");
    }

    @Test
    void valuesAndUnitsThatCantBe() {
        assertThat(broken("Observation", observation("8867-4", "900", "/min"), MAN))
                .contains("value-out-of-bounds");
        assertThat(broken("Observation", observation("8302-2", "1.8", "m"), MAN))
                .isEmpty();
        assertThat(broken("Observation", observation("8302-2", "180", "kg"), MAN))
                .contains("unit-other-dimension");
        assertThat(broken("Observation", observation("2951-2", "140", "Stück"), MAN))
                .contains("unit-not-ucum");
        assertThat(broken("Observation", observation("2951-2", "-3", "mmol/L"), MAN))
                .contains("value-negative");
    }

    @Test
    void everyRuleHasBothTitlesAndAnArea() {
        assertThat(RuleBook.shipped().rules()).hasSizeGreaterThan(35).allSatisfy(rule -> {
            assertThat(rule.english()).isNotBlank();
            assertThat(rule.german()).isNotBlank();
        });
        assertThat(RuleBook.shipped().rules()).extracting(Rule::id).doesNotHaveDuplicates();
    }

    private static List<String> broken(String type, String resource, @Nullable String patient) {
        JsonNode about = patient == null ? null : JSON.readTree(patient);
        return check
                .check(
                        new RuleCheck.Subject(type, JSON.readTree(resource), about, false, false),
                        LocalDate.of(2026, 11, 22))
                .stream()
                .map(Found::rule)
                .toList();
    }

    private static String condition(String code, String onset, String recorded) {
        return """
                {"code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"%s"}]},
                 "subject":{"reference":"Patient/1"},"onsetDateTime":"%s","recordedDate":"%s"}""".formatted(code, onset, recorded);
    }

    private static String observation(String loinc, String value, String unit) {
        return """
                {"code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},"subject":{"reference":"Patient/1"},
                 "effectiveDateTime":"2020-01-01",
                 "valueQuantity":{"value":%s,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}}""".formatted(loinc, value, unit, unit);
    }
}
