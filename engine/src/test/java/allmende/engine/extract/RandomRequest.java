package allmende.engine.extract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Requests by chance: groups with fields that overlap, links, filters, and profiles that are asked for twice. */
final class RandomRequest {

    private final RandomWard ward;
    private final Random random;

    /** Whether fields must be there at all, as with many of them hardly a patient is left. */
    private final boolean musts;

    RandomRequest(RandomWard ward, Random random) {
        this.ward = ward;
        this.random = random;
        this.musts = random.nextInt(3) == 0;
    }

    /** Fields by profile, with what they may be linked to after a sign. */
    private static final List<List<String>> FIELDS = List.of(
            List.of(
                    "http://t/patient",
                    "Patient.gender",
                    "Patient.birthDate",
                    "Patient.identifier",
                    "Patient.identifier:pid",
                    "Patient.identifier:pid.value",
                    "Patient.identifier.value",
                    "Patient.gender.extension:official",
                    "Patient.address"),
            List.of(
                    "http://t/condition",
                    "Condition.code",
                    "Condition.code.coding",
                    "Condition.code.coding.code",
                    "Condition.code.text",
                    "Condition.code.coding:icd",
                    "Condition.code.coding:icd.code",
                    "Condition.recordedDate",
                    "Condition.onset[x]",
                    "Condition.extension",
                    "Condition.extension:asserted",
                    "Condition.category",
                    "Condition.encounter>encounter",
                    "Condition.stage"),
            List.of(
                    "http://t/tumour",
                    "Condition.code",
                    "Condition.onset[x]",
                    "Condition.onset[x]:onsetPeriod.start",
                    "Condition.extension:grade",
                    "Condition.category",
                    "Condition.stage",
                    "Condition.encounter>encounter"),
            List.of(
                    "http://t/encounter",
                    "Encounter.status",
                    "Encounter.class",
                    "Encounter.period",
                    "Encounter.period.start",
                    "Encounter.partOf>encounter",
                    "Encounter.diagnosis.condition>condition",
                    "Encounter.diagnosis.use",
                    "Encounter.diagnosis"),
            List.of(
                    "http://t/observation",
                    "Observation.status",
                    "Observation.category",
                    "Observation.code",
                    "Observation.value[x]",
                    "Observation.value[x]:valueQuantity",
                    "Observation.value[x]:valueQuantity.value",
                    "Observation.effective[x]",
                    "Observation.hasMember>observation",
                    "Observation.encounter>encounter"),
            List.of(
                    "http://t/statement",
                    "MedicationStatement.status",
                    "MedicationStatement.medication[x]>medication",
                    "MedicationStatement.medication[x]:medicationReference>medication",
                    "MedicationStatement.effective[x]",
                    "MedicationStatement.reasonReference>condition"),
            List.of(
                    "http://t/medication",
                    "Medication.code",
                    "Medication.code.coding:atc",
                    "Medication.ingredient",
                    "Medication.ingredient.item[x]>medication"));

    private static final List<String> NAMES =
            List.of("patient", "condition", "tumour", "encounter", "observation", "statement", "medication");

    /** Attribute groups, as a data selection has them. */
    List<JsonNode> groups() {
        List<String> ids = new ArrayList<>(List.of("patient"));
        for (String name : NAMES.subList(1, NAMES.size())) {
            for (int i = ward.chance(4) ? 2 : ward.chance(4) ? 0 : 1; i > 0; i--) {
                ids.add(name + i);
            }
        }
        List<JsonNode> groups = new ArrayList<>();
        for (String id : ids) {
            List<String> known = FIELDS.get(NAMES.indexOf(id.replaceAll("\\d", "")));
            boolean self = id.equals("patient");
            String only = !self && ward.chance(4) ? ",'includeReferenceOnly':true" : "";
            groups.add(RandomWard.parse("{'id':'%s','name':'%s','groupReference':'%s'%s,'attributes':[%s]%s}"
                    .formatted(
                            id,
                            id,
                            known.getFirst(),
                            only,
                            String.join(",", attributes(known, ids)),
                            self ? "" : filters(known))));
        }
        return groups;
    }

    private List<String> attributes(List<String> known, List<String> ids) {
        List<String> attributes = new ArrayList<>();
        List<String> fields = new ArrayList<>(known.subList(1, known.size()));
        Collections.shuffle(fields, random);
        for (String field : fields.subList(0, 1 + random.nextInt(fields.size()))) {
            String[] parts = field.split(">");
            List<String> links = parts.length < 2 || ward.chance(8)
                    ? List.of()
                    : ids.stream()
                            .filter(id -> id.replaceAll("\\d", "").equals(parts[1]))
                            .toList();
            String linked = links.isEmpty() ? "" : ",'linkedGroups':['" + String.join("','", links) + "']";
            attributes.add(
                    "{'attributeRef':'%s','mustHave':%s%s}".formatted(parts[0], musts && ward.chance(10), linked));
        }
        return attributes;
    }

    private String filters(List<String> known) {
        List<String> filters = new ArrayList<>();
        JsonNode searched = JudgeProfiles.ALL.get(known.getFirst()).path("searched");
        searched.propertyNames().forEach(name -> {
            if (ward.chance(10)) {
                boolean date = name.contains("date") || name.equals("effective");
                filters.add(
                        date
                                ? "{'type':'date','name':'%s'%s%s}"
                                        .formatted(name, ",'start':'2018-05-06'", ward.some(2, "'end':'2022-07-08'"))
                                : "{'type':'token','name':'%s','codes':[{'system':'%s','code':'%s','display':''}]}"
                                        .formatted(
                                                name,
                                                name.equals("class")
                                                        ? "http://class"
                                                        : ward.one(
                                                                JudgeProfiles.ICD,
                                                                JudgeProfiles.FORMER_ICD,
                                                                "http://local"),
                                                ward.one("A1", "B2")));
            }
        });
        return filters.isEmpty() ? "" : ",'filter':[" + String.join(",", filters) + "]";
    }
}
