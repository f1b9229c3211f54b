package allmende.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Catalogues;
import allmende.core.cohort.ContextDefinition;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {

    private static final Profiles SHIPPED = Profiles.shipped();
    private static final String GOOD = """
            {"module": "m", "profiles": [{"url": "u", "resourceType": "Condition", "contexts": [],
             "title": {"de": "T", "en": "T"}, "description": {"de": "D.", "en": "D."},
             "fields": [{"path": "Condition.code", "title": {"de": "T", "en": "T"}, "type": "CodeableConcept",
              "cardinality": "1..1", "description": {"de": "D.", "en": "D."}, "identifying": "quasi",
              "reason": {"de": "G.", "en": "R."}}]}]}
            """;

    private static ProfileRead read(String file) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("m.json", file.getBytes(StandardCharsets.UTF_8));
        return ProfileFiles.read(files);
    }

    @Test
    void everyModuleAndEveryContextOfTheCatalogueHasItsProfile() {
        for (ContextDefinition context : Catalogues.shipped().contexts().values()) {
            assertThat(SHIPPED.ofModule(context.module())).as(context.module()).isNotEmpty();
            assertThat(SHIPPED.all().stream()
                            .filter(profile -> profile.contexts().contains(context.code()))
                            .map(DataProfile::resourceType))
                    .as(context.code())
                    .contains(context.resourceType());
        }
    }

    @Test
    void contextsThatProfilesNameExist() {
        List<String> named = SHIPPED.all().stream()
                .flatMap(profile -> profile.contexts().stream())
                .toList();
        assertThat(Catalogues.shipped().contexts().keySet()).containsAll(named);
    }

    @Test
    void everyFileOfTheFolderIsRead() {
        Path folder = Path.of(System.getProperty("allmende.root"), "core/src/main/resources/allmende/profile");
        File[] files = Objects.requireNonNull(folder.toFile().listFiles((_, name) -> name.endsWith(".json")));
        assertThat(ProfileFiles.shipped().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(files).map(File::getName).toList());
    }

    @Test
    void everySentenceEndsAsOneAndBothLanguagesDiffer() {
        assertThat(SHIPPED.all().stream()
                        .flatMap(profile -> Stream.concat(
                                Stream.of(profile.description()),
                                profile.fields().stream()
                                        .flatMap(field -> Stream.of(field.description(), field.reason())))))
                .hasSizeGreaterThan(500)
                .allSatisfy(words -> {
                    assertThat(words.de()).endsWith(".");
                    assertThat(words.en()).endsWith(".").isNotEqualTo(words.de());
                    assertThat(words.in(Locale.GERMANY)).isEqualTo(words.de());
                    assertThat(words.in(Locale.FRENCH)).isEqualTo(words.en());
                });
    }

    @Test
    void thePatientOfASelectionHasNoDirectIdentifier() {
        DataProfile patient = SHIPPED.patient();

        assertThat(patient.url()).endsWith("PatientPseudonymisiert");
        assertThat(patient.fields()).extracting(ProfileField::identifying).doesNotContain(Identifying.DIRECT);
        assertThat(patient.required()).extracting(ProfileField::path).containsExactly("Patient.identifier");
    }

    @Test
    void fieldsWithNamesAndFreeTextAreMarked() {
        assertThat(SHIPPED.all())
                .flatExtracting(DataProfile::fields)
                .filteredOn(
                        field -> field.path().endsWith(".note") || field.type().equals("Annotation"))
                .isNotEmpty()
                .allMatch(field -> field.identifying() == Identifying.FREE_TEXT);
        assertThat(SHIPPED.all())
                .flatExtracting(DataProfile::fields)
                .filteredOn(field ->
                        field.type().equals("HumanName") || field.type().equals("Attachment"))
                .isNotEmpty()
                .allMatch(field -> field.identifying() == Identifying.DIRECT);
    }

    @Test
    void whatIsRequiredOccursAtLeastOnce() {
        assertThat(SHIPPED.all())
                .flatExtracting(DataProfile::required)
                .hasSizeGreaterThan(100)
                .allSatisfy(field ->
                        assertThat(field.cardinality()).as(field.path()).doesNotStartWith("0"));
    }

    @Test
    void anOlderOrVersionedUrlFindsTheProfile() {
        String icu = "https://www.medizininformatik-initiative.de/fhir/ext/modul-icu/StructureDefinition/";
        assertThat(SHIPPED.find(icu + "herzfrequenz")).isEqualTo(SHIPPED.find(icu + "mii-pr-icu-muv-herzfrequenz"));
        assertThat(SHIPPED.find(SHIPPED.patient().url() + "|2026.0.0")).contains(SHIPPED.patient());
        assertThat(SHIPPED.find("https://example.org/unknown")).isEmpty();
    }

    @Test
    void aGoodFileIsRead() {
        assertThat(read(GOOD)).isInstanceOf(ProfileRead.Complete.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "identifying": "quasi" | "identifying": "perhaps" | none, quasi, free-text or direct
                    "cardinality": "1..1"  | "cardinality": "one"     | must look like 0..1
                    Condition.code         | Observation.code         | begins with the resource type
                    "module": "m"          | "module": "n"            | named as its file
                    "contexts": []         | "contextes": []          | Unknown key
                    "en": "R."             | "en": ""                 | The English reason is missing
                    "type"                 | "targets": ["x"], "type" | no profile x to point to
                    "title": {"de": "T", "en": "T"}, "type" | "like": "nothing", "type" | no shared field
                    """)
    void whatIsWrongWithAFileIsSaid(String good, String bad, String message) {
        assertThat(read(GOOD.replace(good, bad))).isInstanceOfSatisfying(ProfileRead.Faulty.class, faulty -> assertThat(
                        faulty.problems())
                .anySatisfy(problem ->
                        assertThat(problem.toString()).startsWith("m.json#").contains(message)));
    }
}
