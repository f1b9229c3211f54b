package allmende.engine.extract;

import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Small hospitals by chance: with references of every form, odd dates, and consents that contradict each other. */
final class RandomWard {

    static final String BASE = "http://here/fhir/";

    private final Random random;
    private final String prefix;

    final List<ObjectNode> resources = new ArrayList<>();
    final List<String> patients = new ArrayList<>();

    /**
     * A new one.
     *
     * @param prefix what all ids begin with
     */
    RandomWard(Random random, String prefix) {
        this.random = random;
        this.prefix = prefix;
        int medications = random.nextInt(4);
        for (int i = 0; i < medications; i++) {
            resources.add(medication("m" + i, medications));
        }
        if (chance(4)) {
            add(
                    "{'resourceType':'Observation','id':'%sfree','meta':{'profile':['http://t/observation']},'status':'final','code':%s}"
                            .formatted(prefix, code()));
        }
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String patient = prefix + "p" + i;
            patients.add(patient);
            patient(patient, i);
        }
    }

    boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    private void add(String json) {
        resources.add(parse(json));
    }

    static ObjectNode parse(String json) {
        return (ObjectNode) FhirJson.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    String some(int of, String text) {
        return chance(of) ? "," + text : "";
    }

    private void patient(String id, int number) {
        if (!chance(8)) {
            add("{'resourceType':'Patient','id':'%s','gender':'female'%s%s%s%s%s}"
                    .formatted(
                            id,
                            some(2, "'birthDate':'1970-02-03'"),
                            some(
                                    2,
                                    "'_gender':{'extension':[{'url':'http://t/official','valueCode':'D'},{'url':'http://t/unknown','valueCode':'x'}]}"),
                            some(
                                    2,
                                    "'identifier':[{'type':{'text':'pid'},'system':'http://h','value':'1'},{'type':{'text':'kv'},'value':'A'},"
                                            + "{'system':'http://other','value':'2'}]"),
                            some(
                                    3,
                                    "'address':[{'city':'Jena','line':['a',null,'c'],'_line':[{'extension':[{'url':'http://t/unknown','valueString':'u'}]},"
                                            + "null,{'extension':[{'url':'http://t/street','valueString':'s'}]}]}]"),
                            some(30, "'modifierExtension':[{'url':'http://t/turn','valueBoolean':true}]")));
        }
        for (int i = random.nextInt(7) / 2; i > 0; i--) {
            add(consent(id, id + "-k" + i));
        }
        int each = 3;
        for (int i = 0; i < each; i++) {
            if (!chance(3)) {
                add(encounter(id, id + "-e" + i, number));
            }
            if (!chance(3)) {
                add(condition(id, id + "-c" + i, number));
            }
            if (!chance(3)) {
                add(observation(id, id + "-o" + i, number));
            }
            if (!chance(2)) {
                add(statement(id, id + "-s" + i, number));
            }
        }
    }

    private String head(String type, String patient, String id, String... profiles) {
        String claimed = chance(6)
                ? ""
                : "'meta':{'profile':['%s%s'%s]},"
                        .formatted(one(profiles), one("", "|1.0"), some(4, "'" + one(profiles) + "'"));
        return "'resourceType':'%s','id':'%s',%s%s'%s':{'reference':'%s'}"
                .formatted(
                        type,
                        id,
                        claimed,
                        chance(40) ? "'modifierExtension':[{'url':'http://t/turn','valueBoolean':true}]," : "",
                        "subject",
                        one("", BASE) + "Patient/" + patient);
    }

    private String day() {
        return LocalDate.of(2015, 1, 1).plusDays(random.nextInt(3600)).toString();
    }

    private String date() {
        return switch (random.nextInt(12)) {
            case 0 -> "2019";
            case 1 -> "2021-03";
            case 2 -> "2021-02-30";
            case 3, 4 -> day() + "T23:30:00Z";
            default -> day();
        };
    }

    private String period() {
        LocalDate start = LocalDate.parse(day());
        String end = chance(5) ? "" : ",'end':'" + start.plusDays(random.nextInt(100)) + "'";
        return chance(9) ? "{'end':'" + start + "'}" : "{'start':'" + start + "'" + end + "}";
    }

    private String when(String stem, int none) {
        if (chance(none)) {
            return "";
        }
        String source = some(4, "'_" + stem + "DateTime':{'extension':[{'url':'http://t/source','valueCode':'x'}]}");
        return chance(3) ? ",'" + stem + "Period':" + period() : ",'" + stem + "DateTime':'" + date() + "'" + source;
    }

    private String code() {
        String system = one(JudgeProfiles.ICD, JudgeProfiles.FORMER_ICD, "http://snomed.info/sct", "http://local");
        String side = some(
                4, "'extension':[{'url':'http://t/side','valueCode':'L'},{'url':'http://t/unknown','valueCode':'x'}]");
        String other = some(4, "{'system':'http://local','code':'9'}");
        String why = some(12, "{'extension':[{'url':'" + JudgeProfiles.ABSENT + "','valueCode':'unknown'}]}");
        return "{'coding':[{'system':'%s','code':'%s'%s}%s%s]%s}"
                .formatted(system, one("A1", "A1.2", "B2"), side, other, why, some(2, "'text':'free'"));
    }

    /** A reference, mostly to something of the patient that may be there. */
    private String reference(String patient, int number, String type, String letter) {
        String id = patient + "-" + letter + random.nextInt(3);
        String literal =
                switch (random.nextInt(10)) {
                    case 0 -> BASE + type + "/" + id;
                    case 1 -> BASE + type + "/" + id + "/_history/3";
                    case 2 -> "urn:uuid:" + id;
                    case 3 -> "http://elsewhere/fhir/" + type + "/" + id;
                    case 4 -> type + "/" + prefix + "p" + (number + 1) % 3 + "-" + letter + "0";
                    default -> type + "/" + id;
                };
        return "{'reference':'%s','display':'Ward'%s}".formatted(literal, some(3, "'type':'" + type + "'"));
    }

    private String encounter(String patient, String id, int number) {
        return "{%s,'status':'%s'%s%s%s%s}"
                .formatted(
                        head("Encounter", patient, id, "http://t/encounter"),
                        one("finished", "finished", "cancelled"),
                        some(2, "'class':{'system':'http://class','code':'" + one("A1", "B2") + "'}"),
                        chance(6) ? "" : ",'period':" + period(),
                        some(2, "'partOf':" + reference(patient, number, "Encounter", "e")),
                        some(
                                2,
                                "'diagnosis':[{'condition':" + reference(patient, number, "Condition", "c")
                                        + ",'use':{'text':'main'}},{'use':{'text':'other'}}]"));
    }

    private String condition(String patient, String id, int number) {
        return "{%s%s%s%s%s%s%s%s}"
                .formatted(
                        head(
                                "Condition",
                                patient,
                                id,
                                "http://t/condition",
                                "http://t/condition-old",
                                "http://t/tumour",
                                "http://t/no"),
                        chance(5) ? "" : ",'code':" + code(),
                        some(2, "'recordedDate':'" + date() + "'"),
                        when("onset", 2),
                        some(3, "'category':[{'coding':[{'system':'http://local','code':'B2'}]}]"),
                        some(3, "'stage':[{'summary':{'text':'x'}}]"),
                        some(2, "'encounter':" + reference(patient, number, "Encounter", "e")),
                        some(
                                4,
                                "'extension':[{'url':'http://t/asserted','valueDateTime':'2020'},{'url':'http://t/grade','valueCode':'g'},"
                                        + "{'url':'http://t/unknown','valueString':'s'}]"));
    }

    private String observation(String patient, String id, int number) {
        String members = "'hasMember':[" + reference(patient, number, "Observation", "o")
                + (chance(3) ? ",{'reference':'Observation/" + prefix + "free'}" : "") + "]";
        return "{%s%s%s%s%s%s%s}"
                .formatted(
                        head("Observation", patient, id, "http://t/observation"),
                        some(2, "'status':'final'"),
                        some(
                                2,
                                "'category':[{'coding':[{'system':'http://t/cat','code':'" + one("lab", "vital")
                                        + "'}]}]"),
                        chance(5) ? "" : ",'code':" + code(),
                        when("effective", 6),
                        some(2, one("'valueQuantity':{'value':1.5,'unit':'mg'}", "'valueCodeableConcept':" + code())),
                        some(2, one(members, "'encounter':" + reference(patient, number, "Encounter", "e"))));
    }

    private String statement(String patient, String id, int number) {
        String inside =
                ",'contained':[{'resourceType':'Medication','id':'in'%s%s,'code':%s,'ingredient':[{'itemReference':{'reference':'%s'}}]},"
                                .formatted(
                                        chance(3)
                                                ? ",'meta':{'profile':['" + one("http://t/medication", "http://t/no")
                                                        + "']}"
                                                : "",
                                        some(9, "'modifierExtension':[{'url':'http://t/turn','valueBoolean':true}]"),
                                        code(),
                                        one("#deep", "#deep", "Medication/" + prefix + "m0"))
                        + "{'resourceType':'Medication','id':'deep','code':" + code()
                        + "}],'medicationReference':{'reference':'#in'}";
        String medication =
                switch (random.nextInt(5)) {
                    case 0 -> "";
                    case 1 -> inside;
                    case 2 -> ",'medicationCodeableConcept':" + code();
                    default ->
                        ",'medicationReference':{'reference':'%s%s%s','display':'x'}"
                                .formatted(one("", BASE) + "Medication/", prefix, "m" + random.nextInt(4));
                };
        return "{%s%s%s%s%s}"
                .formatted(
                        head("MedicationStatement", patient, id, "http://t/statement"),
                        some(2, "'status':'active'"),
                        medication,
                        when("effective", 6),
                        some(3, "'reasonReference':[" + reference(patient, number, "Condition", "c") + "]"));
    }

    private ObjectNode medication(String id, int among) {
        String ingredient = some(
                2,
                "'ingredient':[{'itemReference':{'reference':'%sMedication/%sm%d'},'strength':{'text':'1'}},{'isActive':true}]"
                        .formatted(one("", BASE), prefix, random.nextInt(among + 1)));
        return parse("{'resourceType':'Medication','id':'%s%s'%s%s%s%s}"
                .formatted(
                        prefix,
                        id,
                        chance(5) ? "" : ",'meta':{'profile':['http://t/medication']}",
                        chance(5) ? "" : ",'code':" + code(),
                        some(12, "'modifierExtension':[{'url':'http://t/turn','valueBoolean':true}]"),
                        ingredient));
    }

    private String consent(String patient, String id) {
        LocalDate signed = LocalDate.of(2016, 1, 1).plusDays(random.nextInt(2600));
        List<String> provisions = new ArrayList<>();
        for (String policy : List.of("6", "8", "6", "45")) {
            if (!chance(5)) {
                LocalDate start = signed.plusDays(random.nextInt(3) == 0 ? random.nextInt(800) - 400 : 0);
                String end = chance(3) ? "" : ",'end':'" + start.plusDays(300 + random.nextInt(9000)) + "'";
                provisions.add(
                        "{'type':'%s','period':{'start':'%s'%s},'code':[{'coding':[{'system':'urn:oid:2.16.840.1.113883.3.1937.777.24.5.3','code':'%s'}]}]}"
                                .formatted(chance(9) ? "deny" : "permit", start, end, JudgeConsent.POLICY + policy));
            }
        }
        if (provisions.isEmpty()) {
            provisions.add(
                    "{'type':'deny','period':{'start':'%s'},'code':[{'coding':[{'system':'urn:oid:2.16.840.1.113883.3.1937.777.24.5.3','code':'%s'}]}]}"
                            .formatted(signed, JudgeConsent.POLICY + "8"));
        }
        return "{'resourceType':'Consent','id':'%s','status':'%s','patient':{'reference':'Patient/%s'}%s,'provision':{'type':'deny','provision':[%s]}}"
                .formatted(
                        id,
                        chance(7) ? one("inactive", "draft") : "active",
                        patient,
                        chance(12) ? "" : ",'dateTime':'" + signed + "'",
                        String.join(",", provisions));
    }
}
