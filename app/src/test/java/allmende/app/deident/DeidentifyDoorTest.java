package allmende.app.deident;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite;
import allmende.app.pseudonyms.NewDomain;
import allmende.app.pseudonyms.PseudonymService;
import allmende.app.pseudonyms.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DeidentifyDoorTest {

    private static final String DOOR = "/fhir/$de-identify";

    private static final String OBSERVATION = """
            {"resourceType":"Observation","id":"deid-o1","status":"final","code":{"text":"Hb von Erika"},
             "subject":{"reference":"Patient/deid-p1","display":"Erika Mustermann"},
             "valueQuantity":{"value":13.5,"unit":"g/dl","code":"g/dL"}}""";

    private static FhirSite.Answer post(String path, String body) {
        return FhirSite.post(path, body, "Content-Type", "application/fhir+json");
    }

    @Test
    void resourceComesBackDeidentified() {
        FhirSite.Answer answer = post(DOOR, OBSERVATION);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode left = answer.json();
        assertThat(left.path("id").stringValue("")).matches("[0-9a-f]{32}");
        assertThat(left.path("subject").path("reference").stringValue("")).matches("Patient/[0-9a-f]{32}");
        assertThat(left.path("valueQuantity").path("value").decimalValue()).isEqualByComparingTo("13.5");
        assertThat(answer.text()).doesNotContain("Erika", "deid-");
        assertThat(post(DOOR, OBSERVATION).text()).isEqualTo(answer.text());
    }

    @Test
    void bundleAndParametersAsPipelinesSendThem() {
        String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"fullUrl\":"
                + "\"http://h.example/fhir/Observation/deid-o1\",\"resource\":" + OBSERVATION
                + ",\"request\":{\"method\":\"PUT\",\"url\":\"Observation/deid-o1\"}},"
                + "{\"resource\":{\"resourceType\":\"Practitioner\",\"id\":\"deid-dr\"}}]}";
        FhirSite.Answer answer = post(
                DOOR,
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"settings\",\"part\":["
                        + "{\"name\":\"project\",\"valueString\":\"other\"},{\"name\":\"domain-prefix\",\"valueString\":\"x-\"}]},"
                        + "{\"name\":\"resource\",\"resource\":" + bundle + "}]}");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode entries = answer.json().path("entry");
        assertThat(entries.size()).isEqualTo(1);
        String id = entries.path(0).path("resource").path("id").stringValue("");
        assertThat(entries.path(0).path("request").path("url").stringValue("")).isEqualTo("Observation/" + id);
        assertThat(entries.path(0).path("fullUrl").stringValue("")).endsWith("/Observation/" + id);
        assertThat(id)
                .as("of another project")
                .isNotEqualTo(post(DOOR, OBSERVATION).json().path("id").stringValue(""));
    }

    @Test
    void whatCantBeDoneIsToldAsOutcome() {
        assertThat(post(DOOR, "{").status()).isEqualTo(400);
        assertThat(post(DOOR, "[]").issue()).isEqualTo("invalid");
        assertThat(post(DOOR, "{\"resourceType\":\"Parameters\",\"parameter\":[]}")
                        .issue())
                .isEqualTo("invalid");
        assertThat(post(DOOR, "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"x\"}]}")
                        .issue())
                .isEqualTo("not-supported");
        FhirSite.Answer unknown = post(DOOR + "?rule-set=nobody", OBSERVATION);
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text()).contains("kds-pseudonymised", "anonymised");
        assertThat(post(DOOR + "?rule-set=../users", OBSERVATION).status()).isEqualTo(422);
        assertThat(post(DOOR + "?rule-set=a%20b", OBSERVATION).status()).isEqualTo(400);
        FhirSite.Answer none = post(DOOR, "{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":\"Erika\"}]}");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.text()).doesNotContain("Erika");
        assertThat(FhirSite.get(DOOR).status()).isEqualTo(405);
    }

    @Test
    void rulesOfTheSiteAreFilesThatMayChange() throws IOException {
        Path folder = Files.createDirectories(FhirSite.data().resolve("deident"));
        Path file = folder.resolve("own.json");
        Files.writeString(
                file,
                "{\"name\":\"own\",\"rules\":[{\"path\":\"Observation.statuss\",\"method\":\"keep\",\"why\":\"w\"}]}");
        FhirSite.Answer refused = post(DOOR + "?rule-set=own", OBSERVATION);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("has no element statuss", "/rules/0/path");
        Files.writeString(
                file,
                "{\"name\":\"own\",\"rules\":[{\"path\":\"Observation.status\",\"method\":\"keep\",\"why\":\"w\"}]}");
        assertThat(post(DOOR + "?rule-set=own", OBSERVATION).text())
                .isEqualTo("{\"resourceType\":\"Observation\",\"status\":\"final\"}");
    }

    @Test
    void anonymisedHashesDifferEachTime() {
        String one = post(DOOR + "?rule-set=anonymised", OBSERVATION)
                .json()
                .path("id")
                .stringValue("");
        assertThat(one).hasSize(32);
        assertThat(post(DOOR + "?rule-set=anonymised", OBSERVATION)
                        .json()
                        .path("id")
                        .stringValue(""))
                .isNotEqualTo(one);
    }

    private static String patient(String id, String number) {
        return "{\"resourceType\":\"Patient\",\"id\":\"" + id
                + "\",\"birthDate\":\"1961-08-17\",\"identifier\":[{\"type\":"
                + "{\"coding\":[{\"code\":\"MR\"}]},\"system\":\"http://h.example\",\"value\":\"" + number + "\"}]}";
    }

    private static void domain(NewDomain domain) {
        PseudonymService service = FhirSite.started().bean(PseudonymService.class);
        assertThat(service.add(domain, "test")).isNotNull();
    }

    @Test
    void pseudonymsAreThoseOfTheService() {
        domain(NewDomain.usual("real-patient"));
        String door = DOOR + "?domain-prefix=real-";
        String two = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
                + patient("a", "m-1") + "},{\"resource\":" + patient("b", "m-2") + "}]}";
        FhirSite.Answer answer = post(door, two);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        String first = answer.json().at("/entry/0/resource/identifier/0/value").stringValue("");
        String second = answer.json().at("/entry/1/resource/identifier/0/value").stringValue("");
        assertThat(post(door, patient("a", "m-1"))
                        .json()
                        .at("/identifier/0/value")
                        .stringValue(""))
                .isEqualTo(first)
                .isNotEqualTo(second);
        assertThat(((Result.Done<Map<String, String>>) FhirSite.started()
                                .bean(PseudonymService.class)
                                .create("real-patient", List.of("m-1", "m-2")))
                        .value())
                .containsExactlyInAnyOrderEntriesOf(Map.of("m-1", first, "m-2", second));
        assertThat(answer.text()).doesNotContain("m-1", "m-2", "1961-08");
    }

    @Test
    void whatKeepsPseudonymsAwayIsToldByItsName() {
        FhirSite.Answer missing = post(DOOR + "?domain-prefix=nobody-", patient("a", "m-1"));
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.issue()).isEqualTo("not-found");
        assertThat(missing.text()).contains("create-domain nobody-patient").doesNotContain("m-1");
        assertThat(FhirSite.started().bean(PseudonymService.class).domain("nobody-patient"))
                .as("is not made by the way")
                .isEmpty();
        domain(NewDomain.usual("under"));
        domain(new NewDomain(
                "below-patient",
                "under",
                NewDomain.usual("x").form(),
                NewDomain.usual("x").policy()));
        FhirSite.Answer child = post(DOOR + "?domain-prefix=below-", patient("a", "m-1"));
        assertThat(child.status()).isEqualTo(422);
        assertThat(child.issue()).isEqualTo("business-rule");
        assertThat(child.text()).contains("pseudonyms of its parent").doesNotContain("m-1");
        FhirSite.Answer tooLong = post(DOOR + "?domain-prefix=real-", patient("a", "x".repeat(1_001)));
        assertThat(tooLong.status()).isEqualTo(422);
    }

    @Test
    void rulesOfAnotherPseudonymiserNarrowTheShippedOnes() throws IOException {
        domain(NewDomain.usual("yaml-patient"));
        Path folder = Files.createDirectories(FhirSite.data().resolve("deident"));
        Files.writeString(folder.resolve("pipeline.yaml"), RuleFileTest.YAML);
        FhirSite.Answer answer = post(
                DOOR + "?rule-set=pipeline",
                patient("a", "m-1").replace("\"birthDate\"", "\"name\":[{\"family\":\"Muster\"}],\"birthDate\""));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("birthDate").stringValue("")).isEqualTo("1961");
        assertThat(answer.json().path("id").stringValue("")).matches("[0-9a-f]{32}");
        assertThat(answer.text()).doesNotContain("Muster", "m-1", "h.example");
    }
}
