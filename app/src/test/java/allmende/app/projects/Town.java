package allmende.app.projects;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.extraction.Plants;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import allmende.core.fhir.FhirJson;
import allmende.engine.delivery.OwnKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A running site with a synthetic hospital, people of all roles, and a recipient with a key. */
final class Town {

    static final String PASSWORD = "Gemeingut macht schlau";
    static final String PERSON =
            "https://www.medizininformatik-initiative.de/fhir/core/modul-person/StructureDefinition/Patient";
    static final String DIAGNOSIS =
            "https://www.medizininformatik-initiative.de/fhir/core/modul-diagnose/StructureDefinition/Diagnose";

    private static final String POLICY = "2.16.840.1.113883.3.1937.777.24.5.3.";
    private static final Map<String, String> PEOPLE = Map.of(
            "stefan", "data-steward",
            "ada", "transfer-office",
            "eve", "transfer-office",
            "uwe", "uac-member",
            "pia", "patient");

    private static @Nullable Town shared;

    final Path data;
    final Path files;
    final Started site;
    final OwnKey.Pair recipient;

    /** What would give patients of the synthetic hospital away, wherever it is found. */
    final Set<String> planted;

    private Town(Path data, Path files, Started site, OwnKey.Pair recipient, Set<String> planted) {
        this.planted = planted;
        this.data = data;
        this.files = files;
        this.site = site;
        this.recipient = recipient;
    }

    /** One for all tests, which is gone when they have ended. */
    static synchronized Town shared() throws Exception {
        if (shared == null) {
            Town built = build();
            Runtime.getRuntime().addShutdownHook(new Thread(built::end));
            shared = built;
        }
        return shared;
    }

    /** Closes the site, then deletes its folder: in one hook, since hooks run all at once. */
    private void end() {
        try {
            site.close();
        } finally {
            Hospital.delete(files);
        }
    }

    private static Town build() throws Exception {
        Path folder = Files.createTempDirectory("allmende-town");
        Path data = folder.resolve("site");
        Path hospital = folder.resolve("hospital");
        typed("generate", "--patients", "25", "--out", hospital.toString());
        Plants plants = new Plants();
        Set<String> ids = plants.plant(hospital);
        typed("load", "--data", data.toString(), hospital.toString());
        for (Map.Entry<String, String> one : PEOPLE.entrySet()) {
            List<String> words = new ArrayList<>(List.of(
                    "user",
                    "add",
                    one.getKey(),
                    "--role",
                    one.getValue(),
                    "--password-stdin",
                    "--data",
                    data.toString()));
            if (one.getValue().equals("patient")) {
                words.addAll(List.of("--patient", "p-yes"));
            }
            Typed added = Typed.run(PASSWORD + "\n", words.toArray(String[]::new));
            assertThat(added.code()).as(added.err()).isZero();
        }
        OwnKey.Pair recipient = OwnKey.make(new SecureRandom());
        Files.writeString(folder.resolve("key.pem"), recipient.open());
        Set<String> planted = new LinkedHashSet<>(plants.planted());
        planted.addAll(ids);
        Town town = new Town(data, folder, Started.over(data, Access.LOGIN), recipient, planted);
        town.people();
        return town;
    }

    /** One patient who consents, one who denies everything, one who was never asked; each with the same diagnosis. */
    private void people() throws Exception {
        for (String id : List.of("p-yes", "p-deny", "p-none")) {
            put("Patient", id, """
                {"resourceType":"Patient","id":"%s","meta":{"profile":["%s"]},"gender":"female",
                 "birthDate":"1956-03-04","name":[{"family":"Geheimnis","given":["Gerda"]}]}\
                """.formatted(id, PERSON));
            put("Condition", "c-" + id, """
                {"resourceType":"Condition","id":"c-%s","meta":{"profile":["%s"]},
                 "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical",
                 "code":"active"}]},
                 "code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","version":"2025",
                 "code":"E75.2"}]},"subject":{"reference":"Patient/%s"},
                 "recordedDate":"2025-05-06","note":[{"text":"Frau Gerda Geheimnis"}]}\
                """.formatted(id, DIAGNOSIS, id));
        }
        consent("p-yes", "permit", "2025-01-02");
        consent("p-deny", "deny", "2025-01-02");
    }

    /** What a patient declares about collecting and using medical data. */
    void consent(String patient, String type, String day) throws Exception {
        StringBuilder provisions = new StringBuilder();
        for (int policy : new int[] {6, 8}) {
            provisions
                    .append(provisions.isEmpty() ? "" : ",")
                    .append("{\"type\":\"" + type + "\",\"period\":{\"start\":\"" + day
                            + "\",\"end\":\"2055-01-01\"},\"code\":[{\"coding\":[{\"system\":"
                            + "\"urn:oid:2.16.840.1.113883.3.1937.777.24.5.3\",\"code\":\"" + POLICY + policy
                            + "\"}]}]}");
        }
        put("Consent", "consent-" + patient + "-" + type, """
            {"resourceType":"Consent","id":"consent-%s-%s","status":"active",
             "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"research"}]},
             "category":[{"coding":[{"system":"http://loinc.org","code":"57016-8"}]}],
             "patient":{"reference":"Patient/%s"},"dateTime":"%sT10:00:00+01:00",
             "policy":[{"uri":"urn:oid:2.16.840.1.113883.3.1937.777.24.2.1790"}],
             "provision":{"type":"deny","period":{"start":"%s","end":"2055-01-01"},"provision":[%s]}}\
            """.formatted(patient, type, patient, day, day, provisions));
    }

    void put(String type, String id, String body) throws Exception {
        write(type + "/" + id, body, "application/fhir+json");
    }

    void write(String path, String body, String contentType) throws Exception {
        HttpResponse<String> response;
        try (HttpClient client = HttpClient.newHttpClient()) {
            response = client.send(
                    HttpRequest.newBuilder(URI.create(site.url() + "/fhir/" + path))
                            .header("Authorization", "Bearer " + site.token())
                            .header("Content-Type", contentType)
                            .PUT(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
    }

    /** Patients with the diagnosis (or any at all) whose data may be collected and used. */
    static String crtdl(boolean rare) {
        String whom = rare ? """
            {"context":{"system":"fdpg.mii.cds","code":"Diagnose"},"termCodes":[
             {"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"E75.2","display":"E75.2"}]}\
            """ : """
                       {"context":{"system":"fdpg.mii.cds","code":"Patient"},"termCodes":[
                        {"system":"http://snomed.info/sct","code":"424144002","display":"Any age"}],
                        "valueFilter":{"type":"quantity-comparator","comparator":"ge","value":0,"unit":{"code":"a"}}}\
                       """;
        return """
            {"version":"1","display":"Trial","cohortDefinition":{"version":"2","display":"",
              "inclusionCriteria":[[%s],[%s],[%s]]},
             "dataExtraction":{"attributeGroups":[
              {"id":"person","name":"Person","groupReference":"%s","attributes":[
                {"attributeRef":"Patient.gender","mustHave":false},
                {"attributeRef":"Patient.birthDate","mustHave":false}]},
              {"id":"diagnosis","name":"Diagnosis","groupReference":"%s","attributes":[
                {"attributeRef":"Condition.code","mustHave":true},
                {"attributeRef":"Condition.recordedDate","mustHave":false}]}]}}\
            """.formatted(whom, consentTo(6), consentTo(8), PERSON, DIAGNOSIS);
    }

    private static String consentTo(int policy) {
        return """
            {"context":{"system":"fdpg.mii.cds","code":"Einwilligung"},"termCodes":[
             {"system":"urn:oid:2.16.840.1.113883.3.1937.777.24.5.3","code":"%s","display":"x"}]}\
            """.formatted(POLICY + policy);
    }

    /** Every field that is known, of all whose data may be collected and used. */
    static String everything() {
        ObjectNode whole = (ObjectNode) FhirJson.parse(crtdl(false).getBytes(StandardCharsets.UTF_8));
        ((ObjectNode) whole.path("dataExtraction")).set("attributeGroups", Plants.everyField());
        return whole.toString();
    }

    /** A command of a person. */
    Typed as(String person, String... words) {
        List<String> all = new ArrayList<>(List.of("project"));
        all.addAll(List.of(words));
        all.addAll(List.of("--as", person, "--password-stdin", "--url", site.url()));
        return Typed.run(PASSWORD + "\n", all.toArray(String[]::new));
    }

    Typed request(String id, boolean rare) throws IOException {
        return request(id, crtdl(rare));
    }

    Typed request(String id, String selection) throws IOException {
        Path crtdl = files.resolve(id + ".json");
        Files.writeString(crtdl, selection);
        Typed requested = as(
                "stefan",
                "new",
                id,
                "--title",
                "Heart failure at home",
                "--purpose",
                "Predict decompensation",
                "--legal-basis",
                "Broad consent, vote 2026/17",
                "--crtdl",
                crtdl.toString(),
                "--recipient",
                "Dr. Rike Forschung",
                "--key",
                files.resolve("key.pem").toString(),
                "--until",
                "2090-12-31");
        return requested.code() != 0
                ? requested
                : as("ada", "vote", id, "--day", "2026-04-30", "--reference", "UAC 2026/17");
    }

    private static void typed(String... words) {
        Typed typed = Typed.run(words);
        assertThat(typed.code()).as(typed.err()).isZero();
    }
}
