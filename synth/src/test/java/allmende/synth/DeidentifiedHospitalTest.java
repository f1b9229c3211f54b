package allmende.synth;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.deident.DeidentReport;
import allmende.core.deident.Deidentifier;
import allmende.core.deident.ProjectKey;
import allmende.core.deident.RuleSet;
import allmende.core.deident.risk.KdsRisk;
import allmende.core.deident.risk.RiskCounter;
import allmende.core.deident.risk.RiskReport;
import allmende.core.deident.risk.Suppression;
import allmende.core.deident.risk.Thresholds;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.Reference;
import allmende.core.fhir.References;
import allmende.core.fhir.ResourceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The shipped rule sets over the synthetic hospital: who somebody is goes, what research needs stays and fits together. */
final class DeidentifiedHospitalTest {

    private static final int PATIENTS = 60;
    private static final RuleSet RULES = RuleSet.shipped("kds-pseudonymised");
    private static final Deidentifier DEIDENTIFIER = new Deidentifier(
            RULES, ProjectKey.of(new byte[ProjectKey.LENGTH]), (domain, originals) -> originals.stream()
                    .collect(Collectors.toMap(Function.identity(), original -> domain + "~" + original.hashCode())));

    private static final Map<String, List<ObjectNode>> SOURCE = new LinkedHashMap<>();
    private static final Map<String, List<ObjectNode>> LEFT = new LinkedHashMap<>();

    @BeforeAll
    static void deidentify() {
        SyntheticHospital hospital = new SyntheticHospital(PATIENTS, 11);
        put("", hospital.organisation());
        for (long i = 0; i < PATIENTS; i++) {
            List<SyntheticResource> resources = hospital.patient(i);
            put(resources.getFirst().id(), resources);
        }
    }

    private static void put(String patient, List<SyntheticResource> resources) {
        List<ObjectNode> parsed = resources.stream()
                .map(resource -> (ObjectNode) FhirJson.parse(resource.json()))
                .toList();
        SOURCE.put(patient, parsed);
        LEFT.put(patient, DEIDENTIFIER.apply(patient.isEmpty() ? null : patient, parsed));
    }

    @Test
    void nobodyIsNamed() {
        SOURCE.forEach((patient, resources) -> {
            String left = String.valueOf(LEFT.get(patient));
            Set<String> telling = new HashSet<>();
            resources.forEach(resource -> collectTelling(resource, "", telling));
            assertThat(telling).isNotEmpty();
            assertThat(telling).allSatisfy(text -> assertThat(left).doesNotContain("\"" + text + "\""));
            if (!patient.isEmpty()) {
                assertThat(left).doesNotContain(patient);
            }
        });
    }

    /** Names, addresses, numbers, texts and ids, by the names of their elements alone. */
    private static void collectTelling(JsonNode node, String name, Set<String> texts) {
        Set<String> elements = Set.of("family", "given", "line", "city", "text", "div", "display", "id", "birthDate");
        if (node.isString() && elements.contains(name)) {
            texts.add(node.stringValue());
        } else if (node.isArray()) {
            node.values().forEach(element -> collectTelling(element, name, texts));
        } else if (node.isObject()) {
            if (name.equals("identifier") && node.has("value")) {
                texts.add(node.path("value").stringValue(""));
            }
            node.properties().forEach(part -> collectTelling(part.getValue(), part.getKey(), texts));
        }
    }

    @Test
    void invariantsOfThePseudonymisedPatientHold() {
        List<ObjectNode> patients = left("Patient");
        assertThat(patients).hasSize(PATIENTS);
        assertThat(patients).allSatisfy(patient -> {
            assertThat(patient.path("birthDate").stringValue("")).matches("\\d{4}(-(01|04|07|10)(-01)?)?");
            patient.path("address").values().forEach(address -> assertThat(
                            address.path("postalCode").stringValue(""))
                    .hasSize(2));
            assertThat(patient.path("identifier").isEmpty()).isFalse();
            assertThat(patient.path("name").isMissingNode()).isTrue();
        });
    }

    @Test
    void whatResearchNeedsIsThere() {
        assertThat(left("Condition"))
                .hasSameSizeAs(source("Condition"))
                .allMatch(condition -> condition.at("/code/coding/0/code").isString());
        assertThat(left("Observation"))
                .hasSameSizeAs(source("Observation"))
                .allMatch(finding -> finding.at("/code/coding/0/code").isString());
        assertThat(left("Observation").stream().filter(DeidentifiedHospitalTest::hasValue))
                .hasSize((int) source("Observation").stream()
                        .filter(DeidentifiedHospitalTest::hasValue)
                        .count());
        for (String type : List.of("Encounter", "Procedure", "MedicationAdministration", "Specimen", "Consent")) {
            assertThat(left(type)).as(type).hasSameSizeAs(source(type));
        }
    }

    private static boolean hasValue(JsonNode finding) {
        return finding.has("valueQuantity") || finding.has("valueCodeableConcept") || finding.has("component");
    }

    @Test
    void referencesFindWhatTheyFoundBefore() {
        Set<String> there = new HashSet<>();
        Set<String> before = new HashSet<>();
        LEFT.values().forEach(list -> list.forEach(resource -> there.add(key(resource))));
        SOURCE.values().forEach(list -> list.forEach(resource -> before.add(key(resource))));
        LEFT.values()
                .forEach(list ->
                        list.forEach(resource -> assertThat(targets(resource)).allSatisfy(key -> assertThat(
                                        !RULES.resourceTypes().contains(key.type()) || there.contains(key.toString()))
                                .as("%s of a %s", key.type(), resource.path("resourceType"))
                                .isTrue())));
        assertThat(there).doesNotContainAnyElementsOf(before);
    }

    @Test
    void riskOfASmallHospitalIsHighAndSuppressionLowersIt() {
        RiskCounter counter = new RiskCounter(KdsRisk.DEMOGRAPHIC.columns());
        List<List<ObjectNode>> people = new ArrayList<>(LEFT.values()).subList(1, LEFT.size());
        people.forEach(resources -> counter.add(KdsRisk.DEMOGRAPHIC.row(resources)));
        RiskReport report = counter.report();
        assertThat(report.rows()).isEqualTo(PATIENTS);
        assertThat(report.uniqueShare()).isGreaterThan(0.5);
        Suppression suppression = counter.suppression(new Thresholds(2, 1));
        RiskCounter after = new RiskCounter(KdsRisk.DEMOGRAPHIC.columns());
        people.stream().map(KdsRisk.DEMOGRAPHIC::row).filter(suppression::keeps).forEach(after::add);
        assertThat(after.report().uniques()).isZero();
        assertThat(after.report().rows()).isEqualTo(suppression.left());
    }

    @Test
    void reportNamesWhatStayed() {
        DeidentReport report = DEIDENTIFIER.report();
        assertThat(report.unnamed()).containsKeys("Patient.name", "Coding.display", "Quantity.unit");
        assertThat(report.unknown()).isZero();
        assertThat(report.malformed()).isZero();
    }

    private static List<ObjectNode> left(String type) {
        return ofType(LEFT, type);
    }

    private static List<ObjectNode> source(String type) {
        return ofType(SOURCE, type);
    }

    private static List<ObjectNode> ofType(Map<String, List<ObjectNode>> all, String type) {
        return all.values().stream()
                .flatMap(List::stream)
                .filter(resource ->
                        resource.path("resourceType").stringValue("").equals(type))
                .toList();
    }

    private static String key(JsonNode resource) {
        return resource.path("resourceType").stringValue("") + "/"
                + resource.path("id").stringValue("");
    }

    private static List<ResourceKey> targets(JsonNode resource) {
        List<ResourceKey> keys = new ArrayList<>();
        for (Reference reference : References.collect(resource)) {
            ResourceKey key = reference.resourceKey();
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }
}
