package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.CatalogueRead.FileProblem;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CataloguesTest {

    private static final Catalogue SHIPPED = Catalogues.shipped();

    @Test
    void theShippedCatalogueHasTheContextsOfTheOntology() {
        assertThat(SHIPPED.contexts().keySet())
                .hasSize(36)
                .contains(
                        "Patient",
                        "Vitalstatus",
                        "Todesursache",
                        "Diagnose",
                        "Procedure",
                        "Procedure Category",
                        "Laboruntersuchung",
                        "Medikamentenverabreichung",
                        "Medikamentenanordnung",
                        "Medikamentenverordnung",
                        "Specimen",
                        "Fall",
                        "Einwilligung",
                        "Vitaldaten",
                        "Molekulargenetischer Befundbericht");
        assertThat(SHIPPED.contexts().keySet().stream().filter(code -> code.startsWith("MII_Onkologie_")))
                .hasSize(21);
    }

    @Test
    void everyFileOfTheFolderIsNamedInTheListOfModules() {
        Path folder = Path.of(System.getProperty("allmende.root"), "core/src/main/resources/allmende/catalogue");
        File[] files = Objects.requireNonNull(folder.toFile().listFiles((_, name) -> name.endsWith(".json")));
        assertThat(Catalogues.shippedFiles().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(files).map(File::getName).toList());
    }

    @Test
    void aContextIsFoundByCodeAndByAlias() {
        assertThat(SHIPPED.context("Medikamentenandordnung").orElseThrow().code())
                .isEqualTo("Medikamentenanordnung");
        assertThat(SHIPPED.context("Bioprobe").orElseThrow().code()).isEqualTo("Specimen");
        assertThat(SHIPPED.context("Nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm, E11.9, Diagnose",
        "http://fhir.de/CodeSystem/bfarm/ops, 5-470, Procedure",
        "http://loinc.org, 2160-0, Laboruntersuchung",
        "http://loinc.org, 8867-4, Vitaldaten",
        "http://loinc.org, 67162-8, Vitalstatus",
        "http://fhir.de/CodeSystem/bfarm/atc, C09AA05, Medikamentenverabreichung",
        "http://snomed.info/sct, 424144002, Patient",
        "http://snomed.info/sct, 73211009,",
    })
    void aCodeAloneTellsItsContextWhereThatIsUnambiguous(String system, String code, String context) {
        ContextDefinition found = SHIPPED.defaultContext(new Coding(system, code));
        assertThat(found == null ? null : found.code()).isEqualTo(context);
    }

    @Test
    void sixteenCombinedConsentCodesStandForGroupsOfProvisions() {
        List<ContextDefinition.DerivedTerm> derived =
                SHIPPED.context("Einwilligung").orElseThrow().derived();
        assertThat(derived).hasSize(16).allSatisfy(term -> assertThat(term.all())
                .hasSizeBetween(1, 12));
        assertThat(derived.stream().map(term -> term.term().code()).distinct()).hasSize(16);
    }

    @Test
    void aFaultyFileIsRefusedWithFileAndPlace() {
        assertThat(problems("""
                        {"module":"x","contexts":[{"code":"X","titles":{"de":"X","en":"X"},"resourceType":"Flag",
                          "fact":[], "facts":[{"term":{"path":"code.("},"values":[{"path":"value","kind":"text"}]}],
                          "attributes":[{"code":"a","titles":{"de":"a","en":"a"},"references":["focus"],"targets":["No"]}]}]}
                        """))
                .extracting(problem -> problem.file() + problem.problem().pointer())
                .containsExactly(
                        "x.json/contexts/0/fact",
                        "x.json/contexts/0/facts/0/term/path",
                        "x.json/contexts/0/facts/0/values/0/kind",
                        "x.json");
        assertThat(problems("{")).singleElement().satisfies(problem -> assertThat(problem.toString())
                .startsWith("x.json#: "));
        assertThat(problems("[]")).hasSize(1);
        assertThat(problems("{\"module\":\"y\",\"contexts\":[]}")).hasSize(2);
    }

    @Test
    void aContextBelongsToOneFileOnly() {
        Map<String, byte[]> files = new LinkedHashMap<>(Catalogues.shippedFiles());
        files.put("x.json", flag("Diagnose").getBytes(StandardCharsets.UTF_8));
        assertThat(Catalogues.read(files)).isInstanceOf(CatalogueRead.Faulty.class);
    }

    @Test
    void aContextThatIsAddedAsAFileWorksWithoutCode() {
        Map<String, byte[]> files = new LinkedHashMap<>(Catalogues.shippedFiles());
        files.put("x.json", flag("Warnhinweis").getBytes(StandardCharsets.UTF_8));
        Catalogue catalogue = ((CatalogueRead.Complete) Catalogues.read(files)).catalogue();

        ParsedQuery query = new CcdlReader(catalogue).read("""
                        {"version":"2","inclusionCriteria":[[{"context":{"system":"fdpg.mii.cds","code":"Warnhinweis"},
                          "termCodes":[{"system":"http://x","code":"mrsa","display":"MRSA"}],
                          "timeRestriction":{"afterDate":"2020-01-01"}}]]}
                        """.getBytes(StandardCharsets.UTF_8));
        assertThat(query).isInstanceOf(ParsedQuery.Valid.class);

        JsonNode resource = FhirJson.parse("""
                {"resourceType":"Flag","id":"1","status":"active","subject":{"reference":"Patient/p"},
                 "code":{"coding":[{"system":"http://x","code":"mrsa"}]},"period":{"start":"2021"}}
                """.getBytes(StandardCharsets.UTF_8));
        ResourceFacts facts = new FactExtractor(catalogue).extract(resource, _ -> null);
        assertThat(facts.patient()).isEqualTo(new ResourceKey("Patient", "p"));
        assertThat(facts.facts()).singleElement().satisfies(fact -> {
            assertThat(fact.context()).isEqualTo("Warnhinweis");
            assertThat(fact.term()).isEqualTo(new Coding("http://x", "mrsa"));
            assertThat(fact.time()).isNotNull();
        });
    }

    private static String flag(String code) {
        return """
                {"module":"x","contexts":[{"code":"%s","titles":{"de":"Warnhinweis","en":"Flag"},"resourceType":"Flag",
                  "only":[{"paths":["status"],"codes":["active"]}],"facts":[{"term":{"path":"code"}}],"time":["period"]}]}
                """.formatted(code);
    }

    private static List<FileProblem> problems(String file) {
        CatalogueRead read = Catalogues.read(Map.of("x.json", file.getBytes(StandardCharsets.UTF_8)));
        return ((CatalogueRead.Faulty) read).problems();
    }
}
