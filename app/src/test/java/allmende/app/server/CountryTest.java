package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import allmende.synth.profile.HospitalProfiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A portal and its sites over HTTP on the loopback: a question goes out, answers come in, also over a restart. */
final class CountryTest {

    private static final long PATIENTS = 70;
    private static final String BLOOD_PRESSURE = """
            {"version": "2", "inclusionCriteria": [[{
              "context": {"system": "fdpg.mii.cds", "code": "Vitaldaten", "display": "Vital signs"},
              "termCodes": [{"system": "http://loinc.org", "code": "8480-6", "display": "Systolic blood pressure"}]}]]}
            """;

    private final HttpClient client = HttpClient.newHttpClient();

    /** One site has vital signs and one has none; whoever is asked while away answers after its return. */
    @Test
    void aQuestionReachesEverySiteAndOutlivesARestart() throws IOException, InterruptedException {
        SmallCountry small = new SmallCountry(List.of(
                HospitalProfiles.MORGENFURT.withPatients(PATIENTS), HospitalProfiles.DREI_AUEN.withPatients(PATIENTS)));
        String asked;
        try (Country country = small.start()) {
            asked = ask(country);
            JsonNode answer = answered(country, asked, 2);
            assertThat(kinds(answer)).containsExactlyInAnyOrder("answered", "unanswerable");

            country.sites().getFirst().close();
            asked = ask(country);
        }
        try (Country country = small.start()) {
            JsonNode answer = answered(country, asked, 2);
            assertThat(kinds(answer)).containsExactlyInAnyOrder("answered", "unanswerable");
        }
    }

    private String ask(Country country) throws IOException, InterruptedException {
        HttpResponse<String> made = send(country, "POST", "/api/v5/query/feasibility", BLOOD_PRESSURE);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = made.headers().firstValue("Location").orElseThrow();
        return "/api/questions/" + location.substring(location.lastIndexOf('/') + 1) + "/asks/1";
    }

    private JsonNode answered(Country country, String ask, int sites) throws IOException, InterruptedException {
        long end = System.nanoTime() + SmallCountry.PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> result = send(country, "GET", ask, "");
            assertThat(result.statusCode()).as(result.body()).isEqualTo(200);
            JsonNode answer = FhirJson.parse(result.body().getBytes(StandardCharsets.UTF_8));
            List<String> kinds = kinds(answer);
            if (kinds.size() == sites && !kinds.contains("pending")) {
                return answer;
            }
            assertThat(System.nanoTime()).as("still %s", kinds).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private static List<String> kinds(JsonNode answer) {
        List<String> kinds = new ArrayList<>();
        answer.path("sites").forEach(site -> kinds.add(site.path("kind").asString("")));
        return kinds;
    }

    private HttpResponse<String> send(Country country, String method, String path, String body)
            throws IOException, InterruptedException {
        String login = Base64.getEncoder()
                .encodeToString(("forschung:" + DemoPeople.PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(country.portal().url() + path))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
