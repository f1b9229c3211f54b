package allmende.app.fhirapi.fuzz;

import java.util.List;

/** Resources in good order, to be spoiled. Ids begin with {@code fuzz}. */
final class Resources {

    private static final List<String> ALL = List.of("""
            {"resourceType":"Patient","id":"fuzz","meta":{"profile":["http://p|1"],"tag":[{"system":"t","code":"c"}]},
             "identifier":[{"system":"a","value":"b"}],"name":[{"family":"Müller","given":["Änne"]}],"gender":"female",
             "birthDate":"1970-02","managingOrganization":{"reference":"Organization/fuzz"},"deceasedBoolean":false}""", """
            {"resourceType":"Observation","id":"fuzz-o","status":"final","code":{"coding":[{"system":"http://loinc.org",
             "code":"718-7"}]},"subject":{"reference":"Patient/fuzz"},"effectiveDateTime":"2024-05-31T12:00:00+02:00",
             "valueQuantity":{"value":12.5,"unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"},
             "component":[{"code":{"coding":[{"code":"x"}]},"valueQuantity":{"value":1}}]}""", """
            {"resourceType":"Condition","id":"fuzz-c","code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm",
             "code":"E11.9"}],"text":"Zucker"},"subject":{"reference":"Patient/fuzz"},"recordedDate":"2024-01-01",
             "onsetPeriod":{"start":"2024","end":"2025"},"encounter":{"reference":"Encounter/fuzz-e"}}""", """
            {"resourceType":"Encounter","id":"fuzz-e","status":"finished","class":{"system":"x","code":"IMP"},
             "subject":{"identifier":{"system":"a","value":"b"}},"period":{"start":"2024-01-01T00:00:00Z"},
             "partOf":{"reference":"Encounter/fuzz-e"}}""", """
            {"resourceType":"Consent","id":"fuzz-k","status":"active","scope":{"coding":[{"code":"research"}]},
             "category":[{"coding":[{"code":"1"}]}],"patient":{"reference":"Patient/fuzz"},"dateTime":"2024-01-01",
             "provision":{"type":"deny","period":{"start":"2024"},"provision":[{"code":[{"coding":[{"code":"2"}]}]}]}}""", """
            {"resourceType":"ValueSet","id":"fuzz-v","url":"http://example.org/vs","status":"active","compose":{"include":
             [{"system":"http://loinc.org","concept":[{"code":"718-7"}],"filter":[{"property":"a","op":"=","value":"b"}]}]}}""", """
            {"resourceType":"ConceptMap","id":"fuzz-m","url":"http://example.org/cm","status":"active","group":[{"source":"a",
             "target":"b","element":[{"code":"1","target":[{"code":"2","equivalence":"equal"}]}]}]}""", """
            {"resourceType":"SearchParameter","id":"fuzz-s","url":"http://example.org/sp","code":"odd","base":["Patient"],
             "type":"token","expression":"Patient.name.where(((","status":"active","name":"Odd","description":"d"}""", """
            {"resourceType":"Group","id":"fuzz-g","type":"person","actual":true,"member":[{"entity":
             {"reference":"Patient/fuzz"}}]}""", """
            {"resourceType":"Binary","id":"fuzz-b","contentType":"text/plain","data":"W10="}""", """
            {"resourceType":"MedicationAdministration","id":"fuzz-a","status":"completed","medicationReference":
             {"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m"}],"subject":
             {"reference":"Patient/fuzz"},"effectivePeriod":{"end":"2024-12"},"dosage":{"dose":{"value":1e3}}}""", """
            {"resourceType":"QuestionnaireResponse","id":"fuzz-q","status":"completed","item":[{"linkId":"1","item":
             [{"linkId":"2","answer":[{"valueInteger":7}]}]}]}""");

    private Resources() {}

    static String any(Chance chance) {
        return chance.of(ALL);
    }

    /** {@code "Patient"} of a resource as it stands above. */
    static String type(String resource) {
        return after(resource, "\"resourceType\":\"");
    }

    static String id(String resource) {
        return after(resource, "\"id\":\"");
    }

    private static String after(String resource, String start) {
        int from = resource.indexOf(start) + start.length();
        return resource.substring(from, resource.indexOf('"', from));
    }
}
