package allmende.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import allmende.core.fhir.FhirJson;
import allmende.core.profile.DataProfile;
import allmende.core.profile.ProfileField;
import allmende.core.profile.Profiles;
import allmende.core.view.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Views follow from groups: valid, with a row per resource, and nothing is lost where an element repeats. */
class GroupViewsTest {

    private static final String DIAGNOSE =
            "https://www.medizininformatik-initiative.de/fhir/core/modul-diagnose/StructureDefinition/Diagnose";

    @Test
    void everyFieldOfEveryShippedProfileHasItsColumns() {
        for (DataProfile profile : Profiles.shipped().all()) {
            ElementFacts facts = new DeclaredFacts(profile);
            for (ProfileField field : profile.fields()) {
                GroupTables tables = GroupViews.of(group("Gruppe", field.path()), profile.resourceType(), facts);
                assertThat(tables.unshown())
                        .as(profile.url() + " " + field.path())
                        .isEmpty();
                assertThat(tables.tables().stream()
                                .mapToInt(table -> table.columns().size())
                                .sum())
                        .as(profile.url() + " " + field.path())
                        .isGreaterThan(2);
            }
            String[] all = profile.fields().stream().map(ProfileField::path).toArray(String[]::new);
            for (GroupTable table : GroupViews.of(group("Alle Felder", all), profile.resourceType(), facts)
                    .tables()) {
                assertThat(table.view().columns())
                        .extracting(Column::name)
                        .containsExactlyElementsOf(
                                table.columns().stream().map(TableColumn::name).toList());
            }
        }
    }

    @Test
    void aDiagnosisHasOneRowWithTheUsualCode() {
        GroupTables tables =
                diagnoses("Condition.code", "Condition.recordedDate", "Condition.onset[x]", "Condition.bodySite");
        List<List<String>> main = rows(tables, "diagnosen", CONDITION);
        assertThat(names(tables, "diagnosen"))
                .containsExactly(
                        "id",
                        "patient",
                        "code",
                        "code_system",
                        "code_version",
                        "code_display",
                        "code_text",
                        "recorded_date",
                        "onset_datetime",
                        "onset_period_start",
                        "onset_period_end",
                        "onset_age",
                        "onset_age_comparator",
                        "onset_age_unit",
                        "onset_age_unit_code");
        assertThat(main).hasSize(1);
        assertThat(main.getFirst())
                .containsExactly(
                        "Condition/c1",
                        "Patient/p1",
                        "I10.00",
                        "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
                        "2025",
                        "Hypertonie",
                        "Bluthochdruck, \"schwer\"",
                        "2025-03",
                        null,
                        "2024",
                        null,
                        null,
                        null,
                        null,
                        null);
    }

    @Test
    void allCodesStandInTheTableOfCodes() {
        GroupTables tables = diagnoses("Condition.code", "Condition.bodySite");
        assertThat(rows(tables, "diagnosen_codes", CONDITION))
                .containsExactly(
                        row(
                                "Condition/c1",
                                "Patient/p1",
                                "Condition.code",
                                "0",
                                "Bluthochdruck, \"schwer\"",
                                "0",
                                "38341003",
                                "http://snomed.info/sct",
                                null,
                                null),
                        row(
                                "Condition/c1",
                                "Patient/p1",
                                "Condition.code",
                                "0",
                                "Bluthochdruck, \"schwer\"",
                                "1",
                                "I10.00",
                                "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
                                "2025",
                                "Hypertonie"),
                        row(
                                "Condition/c1",
                                "Patient/p1",
                                "Condition.bodySite",
                                "0",
                                "Arm",
                                "0",
                                null,
                                null,
                                null,
                                null),
                        row("Condition/c1", "Patient/p1", "Condition.bodySite", "1", null, "0", "1", "s", null, null));
    }

    private static final String CONDITION = """
            {"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"recordedDate":"2025-03",
             "onsetPeriod":{"start":"2024"},
             "code":{"text":"Bluthochdruck, \\"schwer\\"","coding":[
              {"system":"http://snomed.info/sct","code":"38341003"},
              {"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","version":"2025","code":"I10.00","display":"Hypertonie"}]},
             "bodySite":[{"text":"Arm"},{"coding":[{"system":"s","code":"1"}]}],
             "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/condition-assertedDate","valueDateTime":"2025-01-02"}]}
            """;

    @Test
    void slicesAndExtensionsHaveColumnsOfTheirOwn() {
        GroupTables tables = diagnoses(
                "Condition.code.coding:sct",
                "Condition.code.coding:icd10-gm",
                "Condition.extension:Feststellungsdatum");
        assertThat(names(tables, "diagnosen"))
                .contains("code_sct", "code_icd10_gm", "code_icd10_gm_version", "feststellungsdatum");
        List<String> only = rows(tables, "diagnosen", CONDITION).getFirst();
        assertThat(only.get(names(tables, "diagnosen").indexOf("code_sct"))).isEqualTo("38341003");
        assertThat(only.get(names(tables, "diagnosen").indexOf("code_icd10_gm")))
                .isEqualTo("I10.00");
        assertThat(only.get(names(tables, "diagnosen").indexOf("feststellungsdatum")))
                .isEqualTo("2025-01-02");
    }

    @Test
    void listsInsideListsKeepBothPlaces() {
        GroupTables tables = GroupViews.of(
                group("Verordnung", "MedicationStatement.dosage"), "MedicationStatement", ElementFacts.NONE);
        assertThat(tables.tables())
                .extracting(GroupTable::name)
                .containsExactly(
                        "verordnung", "verordnung_dosage", "verordnung_dosage_dose_and_rate", "verordnung_codes");
        String statement = """
                {"resourceType":"MedicationStatement","id":"m","subject":{"reference":"https://x/fhir/Patient/p/_history/2"},
                 "dosage":[{"text":"a"},{"text":"b","doseAndRate":[{"doseQuantity":{"value":1.10,"unit":"mg"}},{"doseRange":{"low":{"value":2}}}]}]}
                """;
        assertThat(rows(tables, "verordnung", statement)).containsExactly(row("MedicationStatement/m", "Patient/p"));
        GroupTable inner = table(tables, "verordnung_dosage_dose_and_rate");
        assertThat(inner.key()).containsExactly("resource", "dosage_position", "dosage_dose_and_rate_position");
        List<String> names = names(tables, inner.name());
        List<List<String>> rows = rows(tables, inner.name(), statement);
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().subList(0, 4)).isEqualTo(row("MedicationStatement/m", "Patient/p", "1", "0"));
        assertThat(rows.getFirst().get(names.indexOf("dose_quantity"))).isEqualTo("1.10");
        assertThat(rows.getLast().get(names.indexOf("dose_range_low"))).isEqualTo("2");
    }

    @Test
    void componentsKnowTheirPlaceInTheTableOfCodes() {
        GroupTables tables =
                GroupViews.of(group("Blutdruck", "Observation.component"), "Observation", ElementFacts.NONE);
        String pressure = """
                {"resourceType":"Observation","id":"o","component":[
                 {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":120,"code":"mm[Hg]"}},
                 {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":80}}]}
                """;
        assertThat(rows(tables, "blutdruck_codes", pressure))
                .extracting(row -> row.get(3) + " " + row.get(6))
                .containsExactly("0 8480-6", "1 8462-4");
        List<String> names = names(tables, "blutdruck_component");
        assertThat(rows(tables, "blutdruck_component", pressure))
                .extracting(row -> row.get(names.indexOf("code")) + " " + row.get(names.indexOf("value_quantity")))
                .containsExactly("8480-6 120", "8462-4 80");
        assertThat(table(tables, "blutdruck_component").columns().stream()
                        .filter(column -> column.name().equals("value_quantity"))
                        .map(TableColumn::unit))
                .containsExactly("value_quantity_unit_code");
    }

    @Test
    void partsOfAnElementAreShownAlone() {
        GroupTables tables = GroupViews.of(
                group("Fall", "Encounter.diagnosis.condition", "Encounter.period.start", "Encounter.hospitalization"),
                "Encounter",
                ElementFacts.NONE);
        assertThat(names(tables, "fall_diagnosis"))
                .containsExactly("resource", "patient", "diagnosis_position", "condition");
        assertThat(names(tables, "fall"))
                .contains("period_start", "hospitalization_admit_source")
                .doesNotContain("period_end");
    }

    @Test
    void whatIsNotKnownIsNamed() {
        GroupTables tables = GroupViews.of(
                group("Neu", "Condition.extension:unbekannt", "Condition.somethingNew"),
                "Condition",
                ElementFacts.NONE);
        assertThat(tables.unshown()).containsExactly("Condition.extension:unbekannt", "Condition.somethingNew");
        assertThat(names(tables, "neu")).containsExactly("id", "patient");
    }

    @Test
    void viewsWithOddNamesAreValid() {
        GroupTables tables = GroupViews.of(group("2. Größe & Maß", "Patient.gender"), "Patient", ElementFacts.NONE);
        assertThat(tables.tables().getFirst().name()).isEqualTo("2_groesse_mass");
        assertThat(tables.tables().getFirst().definition().path("name").stringValue())
                .isEqualTo("group_2_groesse_mass");
    }

    @Test
    void meaningsNameTheElementInBothLanguages() {
        TableColumn system =
                table(diagnoses("Condition.code"), "diagnosen").columns().get(3);
        assertThat(system.meaning().de()).endsWith("– Codesystem");
        assertThat(system.meaning().en()).endsWith("– code system").doesNotStartWith("–");
    }

    private static GroupTables diagnoses(String... elements) {
        DataProfile profile = Profiles.shipped().find(DIAGNOSE).orElseThrow();
        return GroupViews.of(group("Diagnosen", elements), "Condition", new DeclaredFacts(profile));
    }

    static AttributeGroup group(String name, String... elements) {
        List<Attribute> attributes = Stream.of(elements)
                .map(element -> new Attribute(element, false, List.of(), ""))
                .toList();
        return new AttributeGroup("g", name, "http://example.org/profile", false, attributes, List.of(), "");
    }

    private static List<String> row(String... cells) {
        return Arrays.asList(cells);
    }

    private static GroupTable table(GroupTables tables, String name) {
        Optional<GroupTable> found = tables.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst();
        return found.orElseThrow(() -> new AssertionError(name + " is not among " + tables.tables()));
    }

    private static List<String> names(GroupTables tables, String name) {
        return table(tables, name).columns().stream().map(TableColumn::name).toList();
    }

    private static List<List<String>> rows(GroupTables tables, String name, String resource) {
        List<List<String>> rows = new ArrayList<>();
        table(tables, name)
                .view()
                .rows(
                        FhirJson.parse(resource.getBytes(StandardCharsets.UTF_8)),
                        cells -> rows.add(Arrays.stream(cells)
                                .map(cell -> cell == null ? null : cell.toString())
                                .toList()));
        return rows;
    }
}
