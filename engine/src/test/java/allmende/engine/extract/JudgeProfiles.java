package allmende.engine.extract;

import allmende.core.extraction.ProfileElements;
import allmende.core.extraction.ProfileShape;
import allmende.core.extraction.RequiredElement;
import allmende.core.extraction.Slice;
import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A few profiles made up for the judge, as plain JSON for it and as {@link ProfileElements} for what it judges. */
final class JudgeProfiles implements ProfileElements {

    static final String ICD = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";
    static final String FORMER_ICD = "http://fhir.de/CodeSystem/dimdi/icd-10-gm";
    static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private static final String TEXT = """
            [{"url":"http://t/patient","type":"Patient","claims":["http://t/patient"],
              "required":["identifier[]: Identifier","birthDate: date"],
              "slices":{"identifier":{"pid":{"pattern":{"type":{"text":"pid"}}},"kv":{"pattern":{"type":{"text":"kv"}}}}},
              "extensions":{"gender.extension:official":"http://t/official","address.line.extension:street":"http://t/street"},
              "searched":{}},
             {"url":"http://t/condition","type":"Condition","claims":["http://t/condition","http://t/condition-old","http://t/tumour"],
              "required":["code: CodeableConcept","recordedDate: dateTime","code.coding[]: Coding"],
              "slices":{"code.coding":{"icd":{"pattern":{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm"}},
                                       "sct":{"pattern":{"system":"http://snomed.info/sct"},"required":true}}},
              "extensions":{"extension:asserted":"http://t/asserted","code.coding.extension:side":"http://t/side"},
              "searched":{"code":["Condition.code"],"category":["Condition.category"],"recorded-date":["Condition.recordedDate"],
                          "onset-date":["Condition.onset[x]"]}},
             {"url":"http://t/tumour","type":"Condition","claims":["http://t/tumour"],
              "required":["onset[x]: dateTime|Period","stage[]: BackboneElement","stage.type: CodeableConcept"],
              "slices":{"category":{"unclear":{}}},
              "extensions":{"extension:grade":"http://t/grade"},
              "searched":{"code":["Condition.code"],"recorded-date":["Condition.recordedDate"]}},
             {"url":"http://t/encounter","type":"Encounter","claims":["http://t/encounter"],
              "required":["status: code","class: Coding","diagnosis.condition: Reference"],
              "slices":{},"extensions":{},
              "searched":{"class":["Encounter.class"],"date":["Encounter.period"]}},
             {"url":"http://t/observation","type":"Observation","claims":["http://t/observation"],
              "required":["status: code","category[]: CodeableConcept","code: CodeableConcept","effective[x]: dateTime|Period"],
              "slices":{"category.coding":{"lab":{"pattern":{"system":"http://t/cat","code":"lab"},"required":true}},
                        "value[x].coding":{"sct":{"pattern":{"system":"http://snomed.info/sct"}}}},
              "extensions":{"effective[x].extension:source":"http://t/source"},
              "searched":{"code":["Observation.code"],"category":["Observation.category"],"date":["Observation.effective[x]"]}},
             {"url":"http://t/statement","type":"MedicationStatement","claims":["http://t/statement"],
              "required":["status: code","medication[x]: CodeableConcept|Reference"],
              "slices":{},"extensions":{},
              "searched":{"effective":["MedicationStatement.effective[x]"]}},
             {"url":"http://t/medication","type":"Medication","claims":["http://t/medication"],
              "required":["ingredient.item[x]: CodeableConcept|Reference"],
              "slices":{"code.coding":{"atc":{"pattern":{"system":"http://t/atc"}}}},"extensions":{},
              "searched":{"code":["Medication.code"]}}]
            """;

    /** The profiles as they are written above, by URL. */
    static final Map<String, JsonNode> ALL = read();

    private static Map<String, JsonNode> read() {
        Map<String, JsonNode> all = new HashMap<>();
        FhirJson.parse(TEXT.getBytes(StandardCharsets.UTF_8))
                .values()
                .forEach(profile -> all.put(profile.path("url").asString(""), profile));
        return all;
    }

    /** A list of texts. */
    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.values().forEach(each -> texts.add(each.asString("")));
        return texts;
    }

    /** What is below a code: with a point and more. */
    static boolean below(String code, String other) {
        return other.equals(code) || other.startsWith(code + ".");
    }

    @Override
    public Optional<ProfileShape> shape(String url) {
        return Optional.ofNullable(ALL.get(url)).map(JudgeProfiles::shape);
    }

    @Override
    public List<String> searched(String profile, String type, String name) {
        JsonNode known = ALL.get(profile);
        return known == null ? List.of() : texts(known.path("searched").path(name));
    }

    private static ProfileShape shape(JsonNode profile) {
        List<RequiredElement> required = new ArrayList<>();
        for (String line : texts(profile.path("required"))) {
            String[] parts = line.split(": ");
            required.add(new RequiredElement(
                    Arrays.asList(parts[0].replace("[]", "").split("\\.")),
                    Arrays.asList(parts[1].split("\\|")),
                    parts[0].endsWith("[]")));
        }
        Map<String, List<Slice>> slices = new HashMap<>();
        profile.path("slices").properties().forEach(list -> {
            List<Slice> named = new ArrayList<>();
            list.getValue()
                    .properties()
                    .forEach(slice -> named.add(new Slice(
                            slice.getKey(),
                            slice.getValue().get("pattern"),
                            slice.getValue().path("required").asBoolean(false))));
            slices.put(list.getKey(), named);
        });
        Map<String, String> extensions = new HashMap<>();
        profile.path("extensions")
                .properties()
                .forEach(each -> extensions.put(each.getKey(), each.getValue().asString("")));
        return new ProfileShape(
                profile.path("url").asString(""),
                profile.path("type").asString(""),
                Set.copyOf(texts(profile.path("claims"))),
                required,
                slices,
                extensions,
                new HashSet<>(extensions.values()),
                null);
    }
}
