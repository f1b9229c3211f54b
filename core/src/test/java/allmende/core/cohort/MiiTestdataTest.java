package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.ResourceFacts.Fact;
import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads published test data of the core data set; skipped where the shared folder is absent. */
class MiiTestdataTest {

    private static final List<ResourceFacts> FACTS = new ArrayList<>();

    @BeforeAll
    static void readAll() throws IOException {
        String shared = Optional.ofNullable(System.getenv("ALLMENDE_SHARED"))
                .orElse(Path.of(System.getProperty("allmende.root"), "..", "shared")
                        .toString());
        Path folder = Path.of(shared, "testdata", "mii-testdata-2026");
        Assumptions.assumeTrue(Files.isDirectory(folder), "no published test data at " + folder);
        Map<ResourceKey, JsonNode> resources = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode entry : FhirJson.parse(Files.readAllBytes(file)).path("entry")) {
                    JsonNode resource = entry.path("resource");
                    String type = resource.path("resourceType").asString();
                    resources.put(new ResourceKey(type, resource.path("id").asString()), resource);
                }
            }
        }
        FactExtractor extractor = new FactExtractor(Catalogues.shipped());
        resources.values().forEach(resource -> FACTS.add(extractor.extract(resource, resources::get)));
    }

    @Test
    void mostContextsAreFound() {
        Map<String, Long> counts = FACTS.stream()
                .flatMap(facts -> facts.facts().stream())
                .collect(Collectors.groupingBy(Fact::context, Collectors.counting()));
        assertThat(counts.keySet())
                .contains(
                        "Patient",
                        "Vitalstatus",
                        "Todesursache",
                        "Fall",
                        "Diagnose",
                        "Procedure",
                        "Procedure Category",
                        "Laboruntersuchung",
                        "Vitaldaten",
                        "Medikamentenverabreichung",
                        "Medikamentenanordnung",
                        "Medikamentenverordnung",
                        "Specimen",
                        "Einwilligung",
                        "Molekulargenetischer Befundbericht",
                        "MII_Onkologie_Diagnose",
                        "MII_Onkologie_TNM",
                        "MII_Onkologie_TNM_Klassifikation",
                        "MII_Onkologie_Fernmetastasen",
                        "MII_Onkologie_Lymphknoten_Assessment",
                        "MII_Onkologie_Leistungszustand",
                        "MII_Onkologie_Verlauf",
                        "MII_Onkologie_Tod",
                        "MII_Onkologie_Studienteilnahme",
                        "MII_Onkologie_Variantenassessment",
                        "MII_Onkologie_Operation",
                        "MII_Onkologie_Strahlentherapie",
                        "MII_Onkologie_Bestrahlung",
                        "MII_Onkologie_Systemtherapie",
                        "MII_Onkologie_Systemische_Medikation",
                        "MII_Onkologie_Tumorkonferenz",
                        "MII_Onkologie_Bioprobe",
                        "MII_Onkologie_Histologiebefund",
                        "MII_Onkologie_Histologiegrading",
                        "MII_Onkologie_Residualstatus",
                        "MII_Onkologie_Nebenwirkung");
    }

    @Test
    void everyFactBelongsToAPatient() {
        assertThat(FACTS).filteredOn(facts -> !facts.facts().isEmpty()).allSatisfy(facts -> assertThat(facts.patient())
                .as("%s", facts.key())
                .isNotNull());
    }

    @Test
    void everyMedicationIsResolved() {
        assertThat(FACTS)
                .filteredOn(facts -> facts.key().type().startsWith("Medication")
                        && !facts.consulted().isEmpty())
                .hasSizeGreaterThan(50)
                .allSatisfy(
                        facts -> assertThat(facts.facts()).as("%s", facts.key()).isNotEmpty());
    }

    @Test
    void specimensLinkToDiagnoses() {
        assertThat(FACTS.stream().flatMap(facts -> facts.links().stream()))
                .anyMatch(link -> link.context().equals("Specimen")
                        && link.target().type().equals("Condition"));
    }

    @Test
    void theTenConsentsPermitResearch() {
        assertThat(FACTS.stream().flatMap(facts -> facts.facts().stream()).filter(fact -> fact.term()
                        .equals(new Coding("fdpg.consent.combined", "yes-yes-no-no"))))
                .hasSize(10);
    }

    @Test
    void systolicPressureIsANumber() {
        assertThat(FACTS.stream().flatMap(facts -> facts.facts().stream()).filter(fact -> fact.term()
                        .equals(new Coding("http://loinc.org", "8480-6"))))
                .isNotEmpty()
                .allSatisfy(fact -> assertThat(fact.value()).isInstanceOf(Value.Measured.class));
    }
}
