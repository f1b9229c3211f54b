package allmende.app.quality;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.engine.packages.Installation;
import allmende.engine.packages.Packages;
import allmende.hapi.Definitions;
import allmende.hapi.Finding;
import allmende.hapi.Terms;
import allmende.hapi.Validation;
import allmende.hapi.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Published examples follow the published profiles that they claim, and broken copies of them don't. */
class PublishedExamplesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MII = "de.medizininformatikinitiative.kerndatensatz.";
    private static final int RESOURCES_MAX = 40;

    @TempDir
    static Path scratch;

    private static Path shared;
    private static Definitions definitions;
    private static Validator validator;

    @BeforeAll
    static void install() throws IOException {
        String elsewhere = System.getenv("ALLMENDE_SHARED");
        shared = elsewhere != null ? Path.of(elsewhere) : Path.of(System.getProperty("allmende.root"), "..", "shared");
        Assumptions.assumeTrue(
                Files.isDirectory(shared.resolve("packages")) && Files.isDirectory(shared.resolve("testdata")),
                "no published packages and examples in ../shared");
        Packages packages = Packages.open(scratch.resolve("packages"));
        for (String name : List.of(
                "de.basisprofil.r4-1.5.4",
                MII + "base-2026.0.0",
                MII + "laborbefund-2025.0.2",
                MII + "medikation-2025.0.0",
                MII + "consent-2025.0.4",
                "de.einwilligungsmanagement-2.0.1")) {
            assertThat(packages.install(shared.resolve("packages").resolve(name + ".tgz")))
                    .as(name)
                    .isInstanceOf(Installation.Installed.class);
        }
        definitions = new PackageDefinitions(packages);
        validator = new Validator(definitions, Terms.NONE);
    }

    private static List<JsonNode> examples(String folder) throws IOException {
        List<JsonNode> resources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(shared.resolve("testdata").resolve(folder))) {
            for (Path file : (Iterable<Path>)
                    files.filter(one -> one.toString().endsWith(".json")).sorted()::iterator) {
                JSON.readTree(Files.readAllBytes(file)).path("entry").forEach(entry -> {
                    if (entry.path("resource").isObject()) {
                        resources.add(entry.path("resource"));
                    }
                });
            }
        }
        return resources;
    }

    private static Validation validate(JsonNode resource) {
        return validator.validate(JSON.writeValueAsBytes(resource));
    }

    private static List<Finding> errors(JsonNode resource) {
        return errors(validate(resource));
    }

    private static List<Finding> errors(Validation told) {
        return told.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
    }

    @Test
    void examplesOfTheBaseModuleHaveNoErrors() throws IOException {
        List<JsonNode> examples = examples("kds-base-2026");
        assertThat(examples).hasSizeGreaterThan(20);
        for (JsonNode example : examples) {
            assertThat(errors(example)).as(example.path("id").asString()).isEmpty();
        }
    }

    /**
     * Consents of 2026 name another code system of modules than the consent profile of 2025 fixes; one plan definition has a
     * type that FHIR's table does not know.
     */
    @Test
    void otherExamplesHaveOnlyTheErrorsThatAreKnown() throws IOException {
        Map<String, Integer> errors = new TreeMap<>();
        int checked = 0;
        for (String folder : List.of("mii-testdata-2026", "module-bundles")) {
            for (JsonNode example : examples(folder)) {
                Validation told = validate(example);
                if (told.unknownProfiles().isEmpty()) {
                    checked++;
                    errors(told).forEach(finding -> errors.merge(finding.code(), 1, Integer::sum));
                }
            }
        }
        assertThat(checked).isGreaterThan(200);
        assertThat(errors).isEqualTo(Map.of("_DT_Fixed_Wrong", 20, "Terminology_PassThrough_TX_Message", 1));
    }

    /** What a validator remembers of earlier resources changes nothing: each is held against one that has seen none. */
    @Test
    void aUsedValidatorFindsExactlyWhatANewOneFinds() throws IOException {
        List<JsonNode> chosen = someOfEveryType();
        List<Validation> first =
                chosen.stream().map(PublishedExamplesTest::validate).toList();
        List<Validation> again = chosen.reversed().stream()
                .map(PublishedExamplesTest::validate)
                .toList()
                .reversed();
        int findings = 0;
        for (int i = 0; i < chosen.size(); i++) {
            JsonNode resource = chosen.get(i);
            Validation fresh = new Validator(definitions, Terms.NONE).validate(JSON.writeValueAsBytes(resource));
            String name = resource.path("resourceType").asString() + " " + i;
            assertThat(first.get(i)).as(name).isEqualTo(fresh);
            assertThat(again.get(i)).as(name + " once more").isEqualTo(fresh);
            findings += fresh.findings().size();
        }
        assertThat(findings).isGreaterThan(chosen.size());
    }

    /** At most 40: the first two of every type in every folder, and of each a copy without one of its elements. */
    private static List<JsonNode> someOfEveryType() throws IOException {
        List<JsonNode> chosen = new ArrayList<>();
        for (String folder : List.of("kds-base-2026", "module-bundles", "mii-testdata-2026")) {
            Map<String, Integer> taken = new TreeMap<>();
            for (JsonNode example : examples(folder)) {
                String type = example.path("resourceType").asString();
                if (taken.merge(type, 1, Integer::sum) <= 2 && chosen.size() < RESOURCES_MAX) {
                    ObjectNode copy = (ObjectNode) example.deepCopy();
                    copy.remove(List.of("subject", "status", "name", "code", "gender"));
                    copy.put("colour", "red");
                    chosen.add(example);
                    chosen.add(copy);
                }
            }
        }
        return chosen;
    }

    @Test
    void brokenCopiesAreFoundWhereTheyAreBroken() throws IOException {
        finds("Condition", copy -> copy.remove("recordedDate"), "Condition", "Validation_VAL_Profile_Minimum");
        finds("Condition", copy -> copy.remove("subject"), "Condition", "Validation_VAL_Profile_Minimum");
        finds(
                "Patient",
                copy -> copy.put("gender", "weiblich"),
                "Patient.gender",
                "Terminology_PassThrough_TX_Message");
        finds(
                "Patient",
                copy -> copy.put("birthDate", "1971-13-45"),
                "Patient.birthDate",
                "Type_Specific_Checks_DT_Date_Valid");
        finds(
                "Encounter",
                copy -> copy.put("status", "over"),
                "Encounter.status",
                "Terminology_PassThrough_TX_Message");
        finds("Procedure", copy -> copy.put("colour", "red"), "Procedure", "unnamed");
    }

    private static void finds(String type, Consumer<ObjectNode> fault, String path, String code) throws IOException {
        JsonNode example = examples("kds-base-2026").stream()
                .filter(one -> one.path("resourceType").asString().equals(type))
                .findFirst()
                .orElseThrow();
        ObjectNode copy = (ObjectNode) example.deepCopy();
        fault.accept(copy);
        assertThat(errors(copy)).as(type).anySatisfy(finding -> {
            assertThat(finding.location()).isEqualTo(path);
            assertThat(finding.code()).isEqualTo(code);
        });
    }
}
