package allmende.app.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import allmende.core.fhir.FhirJson;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the end of an extraction tells, and to whom: files, issues, exclusions in counts, and ids for the data steward alone. */
class ManifestTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String KDS = "https://www.medizininformatik-initiative.de/fhir/core/";
    private static final String DIAGNOSE = KDS + "modul-diagnose/StructureDefinition/Diagnose";
    private static final String EXTENSIONS = "https://torch.mii.de/fhir/StructureDefinition/";

    /** Of the older form, without a display of the code, so that something departs from the newest one. */
    private static final String CRTDL = """
            {'version':'1','cohortDefinition':{'version':'2','display':'','inclusionCriteria':[[{'context':{'code':'Patient',
            'system':'fdpg.mii.cds','display':'Patient'},'termCodes':[{'code':'263495000','system':'http://snomed.info/sct',
            'display':'Geschlecht'}],'valueFilter':{'type':'concept','selectedConcepts':[{'code':'female',
            'system':'http://hl7.org/fhir/administrative-gender','display':'f'}]}}]]},
            'dataExtraction':{'attributeGroups':[{'groupReference':'%smodul-person/StructureDefinition/PatientPseudonymisiert',
            'attributes':[{'attributeRef':'Patient.gender','mustHave':false}]},
            {'id':'=c','name':'Diagnose','groupReference':'%s','attributes':[{'attributeRef':'Condition.code','mustHave':true}]}]}}""".formatted(KDS, DIAGNOSE).replace('\'', '"');

    private static Started site;
    private static String status;

    @BeforeAll
    static void start() throws Exception {
        Path data = Hospital.temporary("allmende-manifest");
        Path file = Files.writeString(
                data.resolve("load.ndjson"),
                String.join(
                                "\n",
                                "{'resourceType':'Patient','id':'p1','gender':'female'}",
                                condition("c1", "p1", ",'code':{'text':'x'}"),
                                condition("c2", "p1", ""),
                                "{'resourceType':'Patient','id':'p2','gender':'female'}")
                        .replace('\'', '"'));
        Typed loaded = Typed.run("load", "--data", data.toString(), file.toString());
        assertThat(loaded.code()).as(loaded.err()).isZero();
        for (String role : List.of("site-engineer", "data-steward")) {
            Typed user = Typed.run(
                    PASSWORD + "\n",
                    new String[] {"user", "add", "--role", role, "--data", data.toString(), "--password-stdin", role});
            assertThat(user.code()).as(user.err()).isZero();
        }
        site = Started.over(data, Access.LOGIN);
        String body = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"crtdl\",\"valueBase64Binary\":\""
                + Base64.getEncoder().encodeToString(CRTDL.getBytes(StandardCharsets.UTF_8)) + "\"}]}";
        HttpResponse<String> begun = site.post(
                "/fhir/$extract-data",
                body,
                "Content-Type",
                "application/fhir+json",
                "Authorization",
                Started.basic("site-engineer", PASSWORD));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        status = begun.headers().firstValue("Content-Location").orElse("");
        while (get(status).statusCode() == 202) {
            Thread.sleep(20);
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String condition(String id, String patient, String more) {
        return "{'resourceType':'Condition','id':'%s','meta':{'profile':['%s']},'subject':{'reference':'Patient/%s'}%s}"
                .formatted(id, DIAGNOSE, patient, more);
    }

    private static HttpResponse<String> get(String address, String... who) throws Exception {
        String name = who.length == 0 ? "site-engineer" : who[0];
        return site.get(
                address.startsWith("http") ? address.substring(site.url().length()) : address,
                "Authorization",
                Started.basic(name, PASSWORD),
                "Prefer",
                "handling=strict");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FhirJson.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> extensions(JsonNode manifest) {
        Map<String, String> extensions = new HashMap<>();
        manifest.path("extension")
                .values()
                .forEach(each -> extensions.put(
                        each.path("url").asString(""), each.path("valueUrl").asString("")));
        return extensions;
    }

    @Test
    void theManifestNamesWhatClientsKnow() throws Exception {
        JsonNode manifest = json(get(status));

        assertThat(manifest.propertyNames())
                .contains("transactionTime", "request", "requiresAccessToken", "output", "error", "extension");
        assertThat(manifest.path("request").asString("")).endsWith("/fhir/$extract-data");
        assertThat(manifest.path("output").path(0).path("type").asString("")).isEqualTo("NDJSON Bundle");
        Map<String, String> extensions = extensions(manifest);
        assertThat(extensions.keySet())
                .containsExactlyInAnyOrder(
                        EXTENSIONS + "torch-job",
                        EXTENSIONS + "torch-job-diagnostics-summary",
                        EXTENSIONS + "torch-patient-exclusions",
                        EXTENSIONS + "torch-resource-exclusions",
                        EXTENSIONS + "torch-job-issues");
        for (String address : extensions.values()) {
            assertThat(get(address).statusCode()).as(address).isEqualTo(200);
        }
    }

    @Test
    void exclusionsComeAsTables() throws Exception {
        Map<String, String> extensions = extensions(json(get(status)));

        assertThat(get(extensions.get(EXTENSIONS + "torch-patient-exclusions")).body())
                .isEqualTo("stage,rule,subject,count\r\nmust-have,group-empty,Patient,1\r\n");
        assertThat(get(extensions.get(EXTENSIONS + "torch-resource-exclusions")).body())
                .as("a group's id is no formula")
                .isEqualTo("stage,rule,subject,count\r\nmust-have,field-missing,'=c,1\r\n");
    }

    @Test
    void idsAreForTheDataStewardAlone() throws Exception {
        String job = status.substring(status.lastIndexOf('/') + 1);

        for (String form : List.of("csv", "ndjson")) {
            String address = "/fhir/extractions/" + job + "/left-out." + form;
            assertThat(get(address).statusCode()).isEqualTo(403);
            assertThat(get(address, "data-steward").body())
                    .contains("Condition/c2")
                    .contains("p2");
        }
        assertThat(get("/fhir/extractions/" + job + "/left-out.csv", "data-steward")
                        .body())
                .startsWith("patient,resource,stage,rule,subject\r\n")
                .contains("p1,Condition/c2,must-have,field-missing,'=c\r\n");
        assertThat(get(status, "data-steward").statusCode())
                .as("no files of others")
                .isEqualTo(403);
    }

    @Test
    void issuesTellDeparturesAndWhatWasLeftOut() throws Exception {
        JsonNode issues = json(get(extensions(json(get(status))).get(EXTENSIONS + "torch-job-issues")));

        assertThat(issues.path("resourceType").asString("")).isEqualTo("OperationOutcome");
        assertThat(issues.path("issue").values())
                .anyMatch(each ->
                        each.path("expression").path(0).asString("").equals("/dataExtraction/attributeGroups/0/id"))
                .anyMatch(each -> each.path("diagnostics").asString("").contains("1 patients")
                        && each.path("diagnostics").asString("").contains("group-empty"))
                .allMatch(each -> each.path("severity").asString("").equals("information"));
    }

    @Test
    void bundlesSayWhichGroupTheirResourcesAreOf() throws Exception {
        JsonNode bundle =
                json(get(json(get(status)).path("output").path(0).path("url").asString("")));

        List<JsonNode> provenances = bundle.path("entry").values().stream()
                .map(each -> each.path("resource"))
                .filter(each -> each.path("resourceType").asString("").equals("Provenance"))
                .toList();
        assertThat(provenances).hasSize(2);
        JsonNode second = provenances.get(1);
        assertThat(second.path("target").path(0).path("reference").asString("")).isEqualTo("Condition/c1");
        JsonNode group = second.path("entity").path(0).path("what").path("identifier");
        assertThat(group.path("system").asString("")).endsWith("/fhir/fdpg/NamingSystem/attribute_group");
        assertThat(group.path("value").asString("")).isEqualTo("=c");
        assertThat(second.path("entity")
                        .path(1)
                        .path("what")
                        .path("identifier")
                        .path("value")
                        .asString(""))
                .isEqualTo(status.substring(status.lastIndexOf('/') + 1));
    }

    @Test
    void strictSearchesTellWhatTheyDoNotKnow() throws Exception {
        String job = status.substring(status.lastIndexOf('/') + 1);

        assertThat(json(get("/fhir/Task?_id=" + job + "&status=completed"))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(get("/fhir/Task?_id=" + job + "&owner=me").statusCode()).isEqualTo(400);
        assertThat(get("/fhir/Task?_id=" + job + "&status=done").statusCode()).isEqualTo(400);
        JsonNode task = json(get("/fhir/Task/" + job));
        assertThat(task.path("businessStatus")
                        .path("coding")
                        .path(0)
                        .path("system")
                        .asString(""))
                .isEqualTo("https://medizininformatik-initiative.de/torch/job-status");
        assertThat(task.path("output").values()).hasSize(4);
    }
}
