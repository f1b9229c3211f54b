package allmende.engine.extract;

import allmende.core.cohort.CohortQuery;
import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.CrtdlReader;
import allmende.core.extraction.Deidentification;
import allmende.core.extraction.Extracted;
import allmende.core.extraction.Extraction;
import allmende.core.extraction.ShippedElements;
import allmende.core.fhir.FhirJson;
import allmende.engine.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import tools.jackson.databind.JsonNode;

/** Short words for extractions in tests. */
final class Case {

    static final String KDS = "https://www.medizininformatik-initiative.de/fhir/";
    static final String DIAGNOSE = KDS + "core/modul-diagnose/StructureDefinition/Diagnose";
    static final String FALL = KDS + "core/modul-fall/StructureDefinition/KontaktGesundheitseinrichtung";
    static final String PERSON = KDS + "core/modul-person/StructureDefinition/PatientPseudonymisiert";
    static final String STATEMENT = KDS + "core/modul-medikation/StructureDefinition/MedicationStatement";
    static final String MEDICATION = KDS + "core/modul-medikation/StructureDefinition/Medication";
    static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    static final ShippedElements ELEMENTS = ShippedElements.load();

    private Case() {}

    /** What a sink was handed, by batch. */
    static final class Memory implements ExtractSink {
        final SortedMap<Integer, List<String>> batches = new TreeMap<>();
        final List<String> patients = new ArrayList<>();

        @Override
        public BatchSink batch(int number) {
            List<String> lines = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            boolean[] whole = {false};
            return new BatchSink() {
                @Override
                public void shared(List<Extracted> resources) {
                    resources.forEach(each -> lines.add(each.groups() + " " + each.resource()));
                }

                @Override
                public void patient(String patient, List<Extracted> resources) {
                    ids.add(patient);
                    shared(resources);
                }

                @Override
                public void complete() {
                    whole[0] = true;
                }

                @Override
                public void close() {
                    if (whole[0]) {
                        synchronized (batches) {
                            batches.put(number, lines);
                            patients.addAll(ids);
                        }
                    }
                }
            };
        }

        List<String> lines() {
            return batches.values().stream().flatMap(List::stream).toList();
        }

        /** The one resource of this id. */
        JsonNode resource(String id) {
            return resources().stream()
                    .filter(each -> each.path("id").asString("").equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + id + " in " + ids()));
        }

        List<String> ids() {
            return resources().stream()
                    .map(each -> each.path("id").asString(""))
                    .sorted()
                    .toList();
        }

        private List<JsonNode> resources() {
            return lines().stream()
                    .map(line -> FhirJson.parse(
                            line.substring(line.indexOf("] ") + 2).getBytes(StandardCharsets.UTF_8)))
                    .toList();
        }
    }

    /** Groups as a CRTDL document has them, without the rest. */
    static Extraction extraction(String groups) {
        String crtdl =
                "{\"version\":\"1\",\"dataExtraction\":{\"attributeGroups\":[" + groups.replace('\'', '"') + "]}}";
        return CrtdlReader.read(FhirJson.parse(crtdl.getBytes(StandardCharsets.UTF_8)))
                .extraction();
    }

    static String group(String id, String profile, String more, String... attributes) {
        return "{'id':'%s','name':'%s','groupReference':'%s'%s,'attributes':[%s]}"
                .formatted(id, id, profile, more, String.join(",", attributes));
    }

    static String field(String element, boolean must, String... links) {
        String linked = links.length == 0 ? "" : ",'linkedGroups':['" + String.join("','", links) + "']";
        return "{'attributeRef':'%s','mustHave':%s%s}".formatted(element, must, linked);
    }

    static ExtractRequest request(Extraction extraction, long t, ConsentCheck consent, Path work) {
        return request(extraction, t, consent, work, null);
    }

    static ExtractRequest request(
            Extraction extraction, long t, ConsentCheck consent, Path work, @Nullable List<String> patients) {
        return new ExtractRequest(
                new CohortQuery(List.of(), List.of()),
                extraction,
                t,
                DAY,
                consent,
                patients,
                Deidentification.NONE,
                work);
    }

    /** A pipeline whose cohort is everybody whom the store has a number for up to this one. */
    static Pipeline pipeline(Store store, int last, int batch) {
        return new Pipeline(
                store,
                new Pipeline.Knowledge(
                        (query, day) -> RoaringBitmap.bitmapOfRange(0, last + 1),
                        ELEMENTS,
                        Set::of,
                        Set.of("http://here/fhir")),
                2,
                batch);
    }

    static ExtractReport run(Store store, ExtractRequest request, Memory sink) throws IOException {
        return pipeline(store, 20, 2).run(request, sink, Watch.NONE);
    }
}
