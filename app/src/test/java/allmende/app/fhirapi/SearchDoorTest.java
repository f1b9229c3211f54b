package allmende.app.fhirapi;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite.Answer;
import allmende.core.fhir.FhirJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Searches over HTTP. */
class SearchDoorTest {

    private static final String SYSTEM = "http://example.org/search-door";

    @BeforeAll
    static void write() {
        FhirSite.put(
                "/fhir/Organization/sd-org",
                "{\"resourceType\":\"Organization\",\"id\":\"sd-org\",\"name\":\"Klinik\"}");
        for (int i = 0; i < 7; i++) {
            FhirSite.put(
                    "/fhir/Patient/sd-" + i,
                    "{\"resourceType\":\"Patient\",\"id\":\"sd-" + i
                            + "\",\"gender\":\"female\",\"identifier\":[{\"system\":\""
                            + SYSTEM + "\",\"value\":\"" + i + "\"}],\"name\":[{\"family\":\"Suchtür\"}],"
                            + "\"managingOrganization\":{\"reference\":\"Organization/sd-org\"}}");
            FhirSite.put(
                    "/fhir/Observation/sd-o" + i,
                    "{\"resourceType\":\"Observation\",\"id\":\"sd-o" + i
                            + "\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\""
                            + SYSTEM + "\",\"code\":\"x\"}]},\"subject\":{\"reference\":\"Patient/sd-" + i
                            + "\"},\"effectiveDateTime\":\"2024-0" + (i + 1) + "-01\",\"valueQuantity\":{\"value\":" + i
                            + "}}");
        }
    }

    private static List<String> ids(JsonNode bundle) {
        List<String> ids = new ArrayList<>();
        bundle.path("entry")
                .values()
                .forEach(entry ->
                        ids.add(entry.path("search").path("mode").asString("").charAt(0) + ":"
                                + entry.path("resource").path("id").asString("-")));
        return ids;
    }

    private static String link(JsonNode bundle, String relation) {
        for (JsonNode link : bundle.path("link").values()) {
            if (link.path("relation").asString("").equals(relation)) {
                return link.path("url").asString("");
            }
        }
        return "";
    }

    @Test
    void whatWasWrittenIsFoundAtOnce() {
        for (int i = 0; i < 5; i++) {
            String code = "fresh-" + i;
            FhirSite.put(
                    "/fhir/Task/" + code,
                    "{\"resourceType\":\"Task\",\"id\":\"" + code + "\",\"code\":{\"coding\":[{\"code\":\"" + code
                            + "\"}]}}");
            JsonNode found = FhirSite.get("/fhir/Task?code=" + code).json();
            assertThat(ids(found)).containsExactly("m:" + code);
            assertThat(found.path("total").intValue()).isEqualTo(1);
        }
    }

    @Test
    void aPostedSearchWithElementsIsPagedThrough() {
        Answer first = FhirSite.post(
                "/fhir/Observation/_search",
                "_count=3&_elements=subject&code=" + URLEncoder.encode(SYSTEM + "|x", StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Content-Type")).startsWith("application/fhir+json");
        List<String> all = new ArrayList<>();
        JsonNode bundle = first.json();
        String snapshot = bundle.path("meta").path("versionId").asString("");
        while (true) {
            all.addAll(ids(bundle));
            JsonNode resource = bundle.path("entry").path(0).path("resource");
            assertThat(resource.has("valueQuantity")).isFalse();
            assertThat(resource.path("subject").path("reference").asString("")).startsWith("Patient/sd-");
            assertThat(resource.path("meta").path("tag").path(0).path("code").asString(""))
                    .isEqualTo("SUBSETTED");
            assertThat(bundle.path("total").intValue()).isEqualTo(7);
            assertThat(bundle.path("meta").path("versionId").asString("")).isEqualTo(snapshot);
            String next = link(bundle, "next");
            if (next.isEmpty()) {
                break;
            }
            assertThat(next).doesNotContain("search-door");
            bundle = FhirSite.get(next).json();
        }
        assertThat(all).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void tokensAreTakenAsClientsWriteThemAndNextPagesOfLongSearchesWork() {
        assertThat(ids(FhirSite.get("/fhir/Patient?identifier=" + SYSTEM + "%7C3")
                        .json()))
                .containsExactly("m:sd-3");
        StringBuilder many = new StringBuilder("_count=2&_id=sd-1,sd-2,sd-3");
        for (int i = 0; i < 4000; i++) {
            many.append(",none").append(Integer.toHexString(i * 7919));
        }
        JsonNode bundle = FhirSite.post(
                        "/fhir/Patient/_search", many.toString(), "Content-Type", "application/x-www-form-urlencoded")
                .json();
        assertThat(ids(bundle)).containsExactly("m:sd-1", "m:sd-2");
        assertThat(ids(FhirSite.get(link(bundle, "next")).json())).containsExactly("m:sd-3");
    }

    @Test
    void everythingOfAPatientAndNothingOfOthers() {
        JsonNode all = FhirSite.get("/fhir/Patient/sd-2/$everything").json();
        assertThat(ids(all)).containsExactlyInAnyOrder("m:sd-2", "m:sd-o2", "i:sd-org");
        assertThat(ids(FhirSite.get("/fhir/Patient/sd-2/$everything?start=2024-04-01")
                        .json()))
                .containsExactlyInAnyOrder("m:sd-2", "i:sd-org");
        assertThat(FhirSite.get("/fhir/Patient/sd-2/$everything?wrong=1").status())
                .isEqualTo(400);
    }

    @Test
    void compartmentsAndSystemSearches() {
        assertThat(ids(FhirSite.get("/fhir/Patient/sd-4/Observation?value-quantity=gt3")
                        .json()))
                .containsExactly("m:sd-o4");
        assertThat(ids(FhirSite.get("/fhir?_id=sd-org").json())).containsExactly("m:sd-org");
        assertThat(FhirSite.get("/fhir/Patient/sd-4/Nonsense").status()).isEqualTo(404);
        assertThat(FhirSite.get("/fhir/Patient/sd-4/Organization").status()).isEqualTo(404);
    }

    @Test
    void whatIsNotUnderstoodIsRefusedUnlessTheCallerSaysOtherwise() {
        Answer refused = FhirSite.get("/fhir/Patient?famly=x");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.issue()).isEqualTo("not-supported");
        assertThat(refused.json()
                        .path("issue")
                        .path(0)
                        .path("expression")
                        .path(0)
                        .asString(""))
                .isEqualTo("famly");
        JsonNode lenient = FhirSite.get("/fhir/Patient?famly=x&_id=sd-1", "Prefer", "handling=lenient")
                .json();
        assertThat(ids(lenient)).containsExactly("m:sd-1", "o:-");
        assertThat(FhirSite.get("/fhir/_page/wrong").status()).isEqualTo(410);
        assertThat(FhirSite.post("/fhir/Patient/_search", "{}", "Content-Type", "application/json")
                        .status())
                .isEqualTo(415);
        assertThat(FhirSite.get("/fhir/Nonsense?x=1").status()).isEqualTo(404);
    }

    @Test
    void conditionsUseTheSameSearch() {
        String basic = "{\"resourceType\":\"Task\",\"code\":{\"coding\":[{\"code\":\"conditional\"}]}}";
        Answer made = FhirSite.post("/fhir/Task", basic, "If-None-Exist", "code=conditional");
        Answer again = FhirSite.post("/fhir/Task", basic, "If-None-Exist", "code=conditional");
        assertThat(made.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(FhirSite.get("/fhir/Task?code=conditional&_summary=count")
                        .json()
                        .path("total")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void aBatchMaySearch() {
        String batch = "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"GET\","
                + "\"url\":\"Observation?subject:Patient.identifier=" + SYSTEM + "|5\"}}]}";
        JsonNode answer =
                FhirJson.parse(FhirSite.post("/fhir", batch).response().body());
        assertThat(ids(answer.path("entry").path(0).path("resource"))).containsExactly("m:sd-o5");
    }
}
