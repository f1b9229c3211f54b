package allmende.engine.delivery;

import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Extracted;
import allmende.core.extraction.Extraction;
import allmende.core.fhir.FhirJson;
import allmende.core.profile.Words;
import allmende.engine.extract.BatchSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A small delivery with everything that is hard about tables. */
final class SampleDelivery {

    static final String BASE = "https://www.medizininformatik-initiative.de/fhir/core/";
    static final String HARD = "Größe, \"schwer\"\r\nzweite Zeile\nß € 💉 'x'; \\";

    private SampleDelivery() {}

    static AttributeGroup group(String id, String name, String profile, String... elements) {
        List<Attribute> attributes = Stream.of(elements)
                .map(element -> new Attribute(element, false, List.of(), ""))
                .toList();
        return new AttributeGroup(id, name, BASE + profile, false, attributes, List.of(), "");
    }

    static Extraction extraction() {
        return new Extraction(List.of(
                group(
                        "p",
                        "Patient",
                        "modul-person/StructureDefinition/PatientPseudonymisiert",
                        "Patient.gender",
                        "Patient.birthDate",
                        "Patient.address"),
                group(
                        "d",
                        "Diagnosen",
                        "modul-diagnose/StructureDefinition/Diagnose",
                        "Condition.code",
                        "Condition.recordedDate",
                        "Condition.bodySite"),
                group(
                        "l",
                        "Laborwerte",
                        "modul-labor/StructureDefinition/ObservationLab",
                        "Observation.code",
                        "Observation.value[x]",
                        "Observation.effective[x]"),
                group("m", "Medikamente", "modul-medikation/StructureDefinition/Medication", "Medication.code")));
    }

    static DeliveryFacts facts() {
        return new DeliveryFacts(
                "e-1",
                "Projekt 7",
                "Daten für Projekt 7",
                "Klinikum Beispielstadt",
                Instant.parse("2026-11-01T10:00:00Z"),
                42,
                LocalDate.of(2026, 11, 1),
                "allmende",
                "ab".repeat(32),
                "kds-pseudonymised 12ab",
                new Words("Nur für das Projekt.", "For the project only."),
                "Allmende 0.1.0");
    }

    static DeliveryPlan plan(Set<DeliveryFormat> formats) {
        return DeliveryPlan.of(extraction(), ProfileKnowledge.shipped(), formats, facts());
    }

    static DeliveryPlan plan() {
        return plan(EnumSet.allOf(DeliveryFormat.class));
    }

    /** Writes this many patients in batches of two, and a shared resource. */
    static DeliveryWriter written(Path folder, DeliveryPlan plan, int patients) throws IOException {
        DeliveryWriter writer = DeliveryWriter.open(folder, plan);
        try (BatchSink batch = writer.batch(0)) {
            batch.shared(List.of(extracted(
                    "m", "{\"resourceType\":\"Medication\",\"id\":\"m1\",\"code\":{\"text\":\"Ramipril 1.10 mg\"}}")));
            batch.complete();
        }
        for (int first = 0; first < patients; first += 2) {
            try (BatchSink batch = writer.batch(1 + first / 2)) {
                for (int i = first; i < Math.min(first + 2, patients); i++) {
                    batch.patient("p" + i, patient(i));
                }
                batch.complete();
            }
        }
        return writer;
    }

    static List<Extracted> patient(int i) {
        List<Extracted> resources = new ArrayList<>();
        String subject = "\"subject\":{\"reference\":\"Patient/p" + i + "\"}";
        resources.add(extracted(
                "p",
                "{\"resourceType\":\"Patient\",\"id\":\"p" + i + "\",\"gender\":\"female\",\"birthDate\":\"19"
                        + (50 + i % 40)
                        + "\",\"address\":[{\"postalCode\":\"0" + (1000 + i % 5)
                        + "\",\"line\":[\"Straße 1, Hof\",\"\\\"links\\\"\"]},{\"city\":\"X\"}]}"));
        ObjectNode condition =
                (ObjectNode) FhirJson.parse(("{\"resourceType\":\"Condition\",\"id\":\"c" + i + "\"," + subject
                                + ",\"recordedDate\":\"2025-03\",\"code\":{\"coding\":[{\"system\":\"http://fhir.de/CodeSystem/bfarm/icd-10-gm\","
                                + "\"code\":\"I10.00\"},{\"system\":\"http://snomed.info/sct\",\"code\":\"38341003\"}]},"
                                + "\"bodySite\":[{\"text\":\"a\"},{\"text\":\"b\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        ((ObjectNode) condition.path("code")).put("text", HARD);
        resources.add(new Extracted(condition, new TreeSet<>(List.of("d"))));
        for (int k = 0; k < i % 4; k++) {
            resources.add(extracted(
                    "l",
                    "{\"resourceType\":\"Observation\",\"id\":\"o" + i + "-" + k + "\"," + subject
                            + ",\"effectiveDateTime\":\"2025-03-0" + (k + 1)
                            + "T10:00:00+01:00\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"718-7\"}]},"
                            + "\"valueQuantity\":{\"value\":1.10,\"unit\":\"g/dl\",\"code\":\"g/dL\"}}"));
        }
        return resources;
    }

    static Extracted extracted(String group, String json) {
        ObjectNode resource = (ObjectNode) FhirJson.parse(json.getBytes(StandardCharsets.UTF_8));
        return new Extracted(resource, new TreeSet<>(List.of(group)));
    }
}
