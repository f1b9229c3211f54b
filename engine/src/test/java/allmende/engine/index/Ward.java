package allmende.engine.index;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.ResourceKey;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Short words for small hospitals: resources, criteria, and an index of them. */
public final class Ward {

    public static final String ATC = Terminology.ATC_GERMAN;
    public static final String ICD = Terminology.ICD_10_GM;
    public static final String LOINC = "http://loinc.org";
    public static final Catalogue CATALOGUE = Catalogues.shipped();

    /** ICD-10-GM as far as these tests need it. */
    public static final Terminology TERMINOLOGY = Terminology.of(List.of(new Terminology.CodeSystem(
            ICD,
            "2025",
            ((Hierarchy.Built.Whole) Hierarchy.of(List.of(
                            new Hierarchy.Concept("E10-E14", "Diabetes mellitus", List.of()),
                            new Hierarchy.Concept("E10", "Typ 1", List.of("E10-E14")),
                            new Hierarchy.Concept("E11", "Typ 2", List.of("E10-E14")),
                            new Hierarchy.Concept("E11.9", "ohne Komplikationen", List.of("E11")),
                            new Hierarchy.Concept("I50", "Herzinsuffizienz", List.of()))))
                    .hierarchy())));

    private Ward() {}

    public static CohortIndex open(Path directory, Store store) {
        return switch (CohortIndex.open(directory, store, CATALOGUE, TERMINOLOGY)) {
            case Opened.Ready(CohortIndex index) -> index;
            case Opened.InUse(String reason) -> throw new AssertionError(reason);
        };
    }

    /** One transaction with these resources. */
    public static long write(Store store, String... resources) {
        return store.write(Arrays.stream(resources).map(Ward::asWrite).toList()).t();
    }

    public static ResourceWrite asWrite(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        JsonNode resource = FhirJson.parse(body);
        ResourceKey patient = PatientCompartment.patientOf(resource);
        return new ResourceWrite(
                new ResourceKey(
                        resource.get("resourceType").stringValue(),
                        resource.get("id").stringValue()),
                body,
                patient == null ? null : patient.id(),
                List.of());
    }

    public static long delete(Store store, String type, String id) {
        return store.write(List.of(new ResourceWrite(new ResourceKey(type, id), null, null, List.of())))
                .t();
    }

    public static String patient(String id, String birth) {
        return """
            {"resourceType":"Patient","id":"%s","gender":"female","birthDate":"%s"}""".formatted(id, birth);
    }

    public static String condition(String id, String patient, String code, String date) {
        return """
            {"resourceType":"Condition","id":"%s","subject":{"reference":"Patient/%s"},
             "code":{"coding":[{"system":"%s","code":"%s"}]},"recordedDate":"%s"}""".formatted(id, patient, ICD, code, date);
    }

    public static String lab(String id, String patient, String code, String value, String unit) {
        return """
            {"resourceType":"Observation","id":"%s","status":"final","subject":{"reference":"Patient/%s"},
             "code":{"coding":[{"system":"%s","code":"%s"}]},"effectiveDateTime":"2024-03-01T08:00:00+01:00",
             "valueQuantity":{"value":%s,"system":"http://unitsofmeasure.org","code":"%s"}}""".formatted(id, patient, LOINC, code, value, unit);
    }

    public static String medication(String id, String atc) {
        return """
            {"resourceType":"Medication","id":"%s","code":{"coding":[{"system":"%s","code":"%s"}]}}""".formatted(id, ATC, atc);
    }

    public static String administration(String id, String patient, String medication) {
        return """
            {"resourceType":"MedicationAdministration","id":"%s","status":"completed",
             "subject":{"reference":"Patient/%s"},"medicationReference":{"reference":"Medication/%s"},
             "effectiveDateTime":"2024-03-02"}""".formatted(id, patient, medication);
    }

    /** A specimen in which the condition was found. */
    public static String specimen(String id, String patient, String condition) {
        return """
            {"resourceType":"Specimen","id":"%s","subject":{"reference":"Patient/%s"},
             "type":{"coding":[{"system":"http://snomed.info/sct","code":"119364003"}]},
             "extension":[{"url":"https://www.medizininformatik-initiative.de/fhir/ext/modul-biobank/StructureDefinition/Diagnose",
                           "valueReference":{"reference":"Condition/%s"}}]}""".formatted(id, patient, condition);
    }

    public static Criterion diagnosis(String code) {
        return criterion("Diagnose", new Coding(ICD, code), null);
    }

    public static Criterion diagnosis(String code, TimeSpan time) {
        return new Criterion(
                "Diagnose", List.of(new Coding(ICD, code)), code, null, List.of(), time, CriterionExtension.NONE, "/c");
    }

    public static Criterion laboratory(String code, @Nullable ValueFilter value) {
        return criterion("Laboruntersuchung", new Coding(LOINC, code), value);
    }

    public static Criterion administered(String atc) {
        return criterion("Medikamentenverabreichung", new Coding(ATC, atc), null);
    }

    public static Criterion specimenWith(Criterion condition) {
        Coding attribute = CATALOGUE
                .context("Specimen")
                .orElseThrow()
                .attributes()
                .getFirst()
                .coding();
        return new Criterion(
                "Specimen",
                List.of(new Coding("http://snomed.info/sct", "119364003")),
                "Serum",
                null,
                List.of(new AttributeFilter.OfReference(attribute, List.of(condition))),
                null,
                CriterionExtension.NONE,
                "/c");
    }

    public static Criterion criterion(String context, Coding term, @Nullable ValueFilter value) {
        return new Criterion(
                context, List.of(term), term.code(), value, List.of(), null, CriterionExtension.NONE, "/c");
    }

    public static CohortQuery all(Criterion... criteria) {
        return new CohortQuery(Arrays.stream(criteria).map(List::of).toList(), List.of());
    }

    /** Every row of the file that is current, with codings instead of numbers, sorted: what must be the same after a rebuild. */
    static List<String> rows(CohortIndex index) {
        return index.read(snapshot -> {
            try {
                return rows(index.file());
            } catch (java.sql.SQLException failed) {
                throw new AssertionError(failed);
            }
        });
    }

    private static List<String> rows(IndexFile file) throws java.sql.SQLException {
        List<String> rows = new ArrayList<>();
        try (var reader = Sql.duck(file.writer()).duplicate()) {
            Sql.query(reader, "select * from " + FactSql.ALL_FACTS, row -> rows.add("fact " + cells(file, row)));
            Sql.query(reader, "select * from attribute", row -> rows.add("attribute " + cells(file, row)));
            // A link to something that has no facts is told without its target: a resource that was deleted and one
            // that never came mean the same, though one has a number and the other a stand-in.
            Sql.query(
                    reader,
                    "select * replace (case when target in (select resource from " + FactSql.ALL_FACTS
                            + ") then target end as target) from link",
                    row -> rows.add("link " + cells(file, row)));
            Sql.query(reader, "select * from dependent", row -> rows.add("dependent " + cells(file, row)));
            Sql.query(reader, "select t from state", row -> rows.add("t " + row.getLong(1)));
        }
        rows.add("patients " + file.patients());
        return rows.stream().sorted().toList();
    }

    private static String cells(IndexFile file, java.sql.ResultSet row) throws java.sql.SQLException {
        TreeMap<String, Object> cells = new TreeMap<>();
        var columns = row.getMetaData();
        Object unit = null;
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i);
            Object value = row.getObject(i);
            unit = name.equals("unit") ? value : unit;
            if (value != null) {
                cells.put(name, translated(file, name, value, unit));
            }
        }
        return cells.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static Object translated(IndexFile file, String column, Object value, @Nullable Object unit) {
        int number = value instanceof Number n ? n.intValue() : 0;
        return switch (column) {
            case "context" -> file.names(NameNumbers.Kind.CONTEXT).name(number);
            case "attribute" -> file.names(NameNumbers.Kind.ATTRIBUTE).name(number);
            case "unit" ->
                number == Schema.BIRTH_UNIT
                        ? "birth"
                        : file.names(NameNumbers.Kind.UNIT).name(number);
            case "concept" -> file.dictionary().coding(((Number) value).longValue());
            case "value_concept" -> unit == null ? file.dictionary().coding(((Number) value).longValue()) : value;
            case "target" -> ((Number) value).longValue() < 0 ? awaited(file, ((Number) value).longValue()) : value;
            default -> value;
        };
    }

    private static Object awaited(IndexFile file, long number) {
        return file.awaited().entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
