package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import allmende.core.cohort.ResourceFacts.Attribute;
import allmende.core.cohort.ResourceFacts.Fact;
import allmende.core.cohort.ResourceFacts.Link;
import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.ResourceKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FactExtractorTest {

    private static final String ICD = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";
    private static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";
    private static final String LOINC = "http://loinc.org";
    private static final String SCT = "http://snomed.info/sct";
    private static final String OID = "urn:oid:2.16.840.1.113883.3.1937.777.24.5.3";
    private static final String PROVISION = "2.16.840.1.113883.3.1937.777.24.5.3.";
    private static final ResourceKey PATIENT = new ResourceKey("Patient", "p");

    private final FactExtractor extractor = new FactExtractor(Catalogues.shipped());

    @Test
    void aDiagnosisGivesAFactForEachCodingUnderTodaysNames() {
        ResourceFacts facts = extract("""
                {"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"recordedDate":"2021-03",
                 "encounter":{"reference":"http://other/fhir/Encounter/e"},
                 "code":{"coding":[{"system":"http://fhir.de/CodeSystem/dimdi/icd-10-gm","code":"E11.9","version":"2020"},
                                   {"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"E11.9"},
                                   {"system":"http://snomed.info/sct","code":"44054006"},
                                   {"code":"no system"},{"system":"http://snomed.info/sct"}]}}
                """);
        assertThat(facts.key()).isEqualTo(new ResourceKey("Condition", "c"));
        assertThat(facts.patient()).isEqualTo(PATIENT);
        ResourceKey encounter = new ResourceKey("Encounter", "e");
        assertThat(facts.facts())
                .containsExactly(
                        new Fact("Diagnose", new Coding(ICD, "E11.9"), null, FhirTimes.span("2021-03"), encounter),
                        new Fact("Diagnose", new Coding(SCT, "44054006"), null, FhirTimes.span("2021-03"), encounter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"verificationStatus\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/condition-ver-status\",\"code\":\"refuted\"}]}",
                "\"verificationStatus\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/condition-ver-status\",\"code\":\"entered-in-error\"}]}",
            })
    void whatWasRefutedOrEnteredInErrorIsNoDiagnosis(String status) {
        String condition = "{\"resourceType\":\"Condition\",\"id\":\"c\",\"subject\":{\"reference\":\"Patient/p\"},%s,"
                + "\"code\":{\"coding\":[{\"system\":\"" + ICD + "\",\"code\":\"I50.1\"}]}}";
        assertThat(extract(condition.formatted(status)).facts()).isEmpty();
        assertThat(extract(condition.formatted("\"recordedDate\":\"2020\"")).facts())
                .hasSize(1);
    }

    @Test
    void aDiagnosisThatWasRuledOutDoesNotCount() {
        String condition = """
                {"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{
                  "extension":[{"url":"http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit","valueCoding":{
                    "system":"https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT","code":"%s"}}],
                  "system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"I21.0"}]}}
                """;
        assertThat(extract(condition.formatted("A")).facts()).isEmpty();
        assertThat(extract(condition.formatted("V")).facts()).hasSize(1);
    }

    @Test
    void anAgeIsADateOfBirthAndASexACode() {
        ResourceFacts facts = extract(
                "{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1950-07\"," + "\"gender\":\"female\"}");
        assertThat(facts.patient()).isEqualTo(PATIENT);
        assertThat(facts.facts())
                .extracting(Fact::value)
                .containsExactly(
                        new Value.Born(FhirTimes.span("1950-07")),
                        new Value.Coded(new Coding("http://hl7.org/fhir/administrative-gender", "female")));
        assertThat(facts.facts()).allSatisfy(fact -> assertThat(fact.time()).isNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"value\":1.50,\"unit\":\"mg/dl\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mg/dL\"}; 1.50; mg/dL",
                "{\"value\":7,\"unit\":\"Stück\"}; 7; Stück",
                "{\"value\":7}; 7;",
                "{\"value\":5,\"comparator\":\"<=\"}; 5;",
                "{\"value\":5,\"comparator\":\">=\"}; 5;",
                "{\"value\":5,\"comparator\":\"<\"}; 4.999999999999999;",
                "{\"value\":0.1,\"comparator\":\"<\"}; 0.09999999999999999;",
                "{\"value\":1000,\"comparator\":\">\"}; 1000.0000000000001;",
            })
    void aQuantityIsANumberAndAUnit(String quantity, BigDecimal number, String unit) {
        assertThat(lab("\"valueQuantity\":" + quantity).facts())
                .singleElement()
                .satisfies(fact -> assertThat(fact.value()).isEqualTo(new Value.Measured(number, unit)));
    }

    @Test
    void aLaboratoryTestHasTheValueThatIsThere() {
        assertThat(lab("\"valueInteger\":3").facts())
                .extracting(Fact::value)
                .containsExactly(new Value.Measured(BigDecimal.valueOf(3), null));
        assertThat(lab("\"valueCodeableConcept\":{\"coding\":[{\"system\":\"a\",\"code\":\"1\"},"
                                + "{\"system\":\"b\",\"code\":\"2\"}]}")
                        .facts())
                .extracting(Fact::value)
                .containsExactly(new Value.Coded(new Coding("a", "1")), new Value.Coded(new Coding("b", "2")));
        assertThat(lab("\"valueString\":\"viel\"").facts())
                .extracting(Fact::value)
                .containsOnlyNulls();
        assertThat(lab("\"valueQuantity\":{\"unit\":\"g\"}").facts())
                .extracting(Fact::value)
                .containsOnlyNulls();
        assertThat(lab("\"status\":\"cancelled\"").facts()).isEmpty();
    }

    @Test
    void bloodPressureIsReadFromItsComponents() {
        ResourceFacts facts = extract("""
                {"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
                   "code":"vital-signs"}]}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
                 "effectiveDateTime":"2024-02-14T10:00:00+01:00","component":[
                  {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
                   "valueQuantity":{"value":141,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}},
                  {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},
                   "valueQuantity":{"value":80,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]}
                """);
        assertThat(facts.facts()).allSatisfy(fact -> {
            assertThat(fact.context()).isEqualTo("Vitaldaten");
            assertThat(fact.time()).isNotNull();
        });
        assertThat(facts.facts())
                .extracting(fact -> fact.term().code(), Fact::value)
                .containsExactly(tuple("85354-9", null), tuple("8480-6", measured(141)), tuple("8462-4", measured(80)));
    }

    @Test
    void aMedicationCountsByReferenceContainedAndInline() {
        String administration = """
                {"resourceType":"MedicationAdministration","id":"m","status":"completed","subject":{"reference":"Patient/p"},
                 "context":{"reference":"Encounter/e"},"effectivePeriod":{"start":"2024-01-01"},%s}
                """;
        String atc = "{\"coding\":[{\"system\":\"" + ATC + "\",\"code\":\"C09AA05\"}]}";
        JsonNode medication = json("{\"resourceType\":\"Medication\",\"id\":\"ramipril\",\"code\":" + atc + "}");
        ResourceKey key = new ResourceKey("Medication", "ramipril");

        ResourceFacts byReference = extract(
                administration.formatted("\"medicationReference\":{\"reference\":\"Medication/ramipril\"}"),
                Map.of(key, medication));
        assertThat(byReference.consulted()).containsExactly(key);

        ResourceFacts contained = extract(administration.formatted(
                "\"contained\":[" + medication + "],\"medicationReference\":{\"reference\":\"#ramipril\"}"));
        ResourceFacts inline = extract(administration.formatted("\"medicationCodeableConcept\":" + atc));
        assertThat(List.of(byReference, contained, inline))
                .allSatisfy(facts -> assertThat(facts.facts()).singleElement().satisfies(fact -> {
                    assertThat(fact.term()).isEqualTo(new Coding(ATC, "C09AA05"));
                    assertThat(fact.context()).isEqualTo("Medikamentenverabreichung");
                    assertThat(fact.encounter()).isEqualTo(new ResourceKey("Encounter", "e"));
                }));
    }

    @Test
    void aMedicationThatIsNotThereYetIsRememberedAsConsulted() {
        ResourceFacts facts = extract(
                "{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"status\":\"active\","
                        + "\"subject\":{\"reference\":\"Patient/p\"},\"medicationReference\":{\"reference\":\"Medication/x\"}}");
        assertThat(facts.facts()).isEmpty();
        assertThat(facts.consulted()).isEqualTo(Set.of(new ResourceKey("Medication", "x")));
    }

    @ParameterizedTest
    @CsvSource({
        "MedicationAdministration, not-done",
        "MedicationRequest, draft",
        "MedicationStatement, not-taken",
        "MedicationRequest, entered-in-error",
    })
    void whatWasNotGivenDoesNotCount(String type, String status) {
        assertThat(extract("{\"resourceType\":\"" + type + "\",\"id\":\"m\",\"status\":\"" + status + "\","
                                + "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"" + ATC
                                + "\",\"code\":\"B01AB01\"}]}}")
                        .facts())
                .isEmpty();
    }

    @Test
    void anOrderNotToGiveIsNoOrder() {
        String request =
                "{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"status\":\"active\",\"doNotPerform\":%s,"
                        + "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"" + ATC
                        + "\",\"code\":\"B01AB01\"}]}}";
        assertThat(extract(request.formatted("true")).facts()).isEmpty();
        assertThat(extract(request.formatted("false")).facts()).hasSize(1);
    }

    @Test
    void aSpecimenLinksToItsDiagnosisAndHasItsSite() {
        ResourceFacts facts = extract("""
                {"resourceType":"Specimen","id":"s","subject":{"reference":"Patient/p"},
                 "extension":[{"url":"https://www.medizininformatik-initiative.de/fhir/ext/modul-biobank/StructureDefinition/Diagnose",
                   "valueReference":{"reference":"Condition/c"}}],
                 "type":{"coding":[{"system":"http://snomed.info/sct","code":"119297000"}]},
                 "collection":{"collectedDateTime":"2022-01-02","bodySite":{"coding":[
                   {"system":"http://terminology.hl7.org/CodeSystem/icd-o-3","code":"C69.9"}]}}}
                """);
        String system = "http://hl7.org/fhir/StructureDefinition";
        assertThat(facts.links())
                .containsExactly(new Link(
                        "Specimen", new Coding(system, "festgestellteDiagnose"), new ResourceKey("Condition", "c")));
        assertThat(facts.attributes())
                .containsExactly(new Attribute(
                        "Specimen",
                        new Coding(system, "icd-o-3"),
                        new Value.Coded(new Coding("http://terminology.hl7.org/CodeSystem/icd-o-3", "C69.9"))));
        assertThat(facts.facts()).hasSize(1);
    }

    @Test
    void onlyPermittedProvisionsOfActiveConsentsCount() {
        assertThat(terms(consent("active", provision("permit", "8"), provision("deny", "6"))))
                .containsExactly(
                        new Coding(OID, PROVISION + "8"), new Coding("fdpg.consent.combined", "yes-yes-no-no"));
        assertThat(terms(consent("inactive", provision("permit", "8")))).isEmpty();
    }

    @Test
    void combinedConsentNeedsAllItsPartsInOneConsent() {
        String[] contact = {"37", "26", "30"};
        assertThat(terms(consent("active", provision("permit", "8"), provision("permit", contact))))
                .contains(new Coding("fdpg.consent.combined", "yes-yes-no-yes"))
                .doesNotContain(new Coding("fdpg.consent.combined", "no-yes-no-yes"));
        assertThat(terms(consent("active", provision("permit", "8", "9", "10"))))
                .contains(new Coding("fdpg.consent.combined", "no-yes-yes-no"));
        assertThat(terms(consent("active", provision("permit", contact))))
                .noneMatch(term -> term.system().equals("fdpg.consent.combined"));
    }

    @Test
    void aTypeThatNoContextReadsSaysNothing() {
        ResourceFacts facts = extract("{\"resourceType\":\"Organization\",\"id\":\"o\"}");
        assertThat(facts.facts()).isEmpty();
        assertThat(facts.patient()).isNull();
        assertThat(extractor.reads("Organization")).isFalse();
        assertThat(extractor.reads("Observation")).isTrue();
    }

    @Test
    void nonsenseIsEndured() {
        assertThat(extract(
                                "{\"resourceType\":\"Observation\",\"id\":\"o\",\"code\":\"text\",\"category\":7,"
                                        + "\"component\":{\"code\":[]},\"valueQuantity\":[],\"effectiveDateTime\":\"2021-02-30\"}")
                        .facts())
                .allSatisfy(fact -> assertThat(fact.time()).isNull());
        assertThat(extract("{}").key()).isEqualTo(new ResourceKey("", ""));
    }

    private ResourceFacts lab(String value) {
        return extract("{\"resourceType\":\"Observation\",\"id\":\"o\",\"subject\":{\"reference\":\"Patient/p\"},"
                + "\"code\":{\"coding\":[{\"system\":\"" + LOINC + "\",\"code\":\"2160-0\"}]}," + value + "}");
    }

    private List<Coding> terms(String resource) {
        return extract(resource).facts().stream().map(Fact::term).toList();
    }

    private static String consent(String status, String... provisions) {
        return "{\"resourceType\":\"Consent\",\"id\":\"c\",\"status\":\"" + status
                + "\",\"patient\":{\"reference\":\"Patient/p\"},\"dateTime\":\"2024-02-14\","
                + "\"provision\":{\"type\":\"deny\",\"provision\":[" + String.join(",", provisions) + "]}}";
    }

    private static String provision(String type, String... codes) {
        List<String> concepts = Arrays.stream(codes)
                .map(code -> "{\"coding\":[{\"system\":\"" + OID + "\",\"code\":\"" + PROVISION + code + "\"}]}")
                .toList();
        return "{\"type\":\"" + type + "\",\"code\":[" + String.join(",", concepts) + "]}";
    }

    private static Value measured(int number) {
        return new Value.Measured(BigDecimal.valueOf(number), "mm[Hg]");
    }

    private ResourceFacts extract(String resource) {
        return extract(resource, Map.of());
    }

    private ResourceFacts extract(String resource, Map<ResourceKey, JsonNode> others) {
        return extractor.extract(json(resource), others::get);
    }

    private static JsonNode json(String text) {
        return FhirJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
