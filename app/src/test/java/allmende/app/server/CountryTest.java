package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.federation.PartyId;
import allmende.app.site.DataFolder;
import allmende.app.site.Site;
import allmende.core.fhir.FhirJson;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.Loader;
import allmende.engine.store.Store;
import allmende.engine.store.Stores;
import allmende.synth.Format;
import allmende.synth.SyntheticHospital;
import allmende.synth.profile.HospitalProfile;
import allmende.synth.profile.HospitalProfiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A portal and its sites over HTTP on the loopback: a question goes out, answers come in, also over a restart. */
final class CountryTest {

    private static final long PATIENTS = 70;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BLOOD_PRESSURE = """
            {"version": "2", "inclusionCriteria": [[{
              "context": {"system": "fdpg.mii.cds", "code": "Vitaldaten", "display": "Vital signs"},
              "termCodes": [{"system": "http://loinc.org", "code": "8480-6", "display": "Systolic blood pressure"}]}]]}
            """;

    private final Path folder = Hospital.temporary("allmende-country");
    private final HttpClient client = HttpClient.newHttpClient();

    /** One site has vital signs and one has none; whoever is asked while away answers after its return. */
    @Test
    void aQuestionReachesEverySiteAndOutlivesARestart() throws IOException, InterruptedException {
        List<Country.Town> towns = new ArrayList<>();
        for (HospitalProfile profile : List.of(HospitalProfiles.MORGENFURT, HospitalProfiles.DREI_AUEN)) {
            towns.add(filled(profile.withPatients(PATIENTS)));
        }
        String asked;
        try (Country country = started(towns)) {
            DemoPeople.move(country, folder, towns);
            asked = ask(country);
            JsonNode answer = answered(country, asked, 2);
            assertThat(kinds(answer)).containsExactlyInAnyOrder("answered", "unanswerable");

            country.sites().getFirst().close();
            asked = ask(country);
        }
        try (Country country = started(towns)) {
            JsonNode answer = answered(country, asked, 2);
            assertThat(kinds(answer)).containsExactlyInAnyOrder("answered", "unanswerable");
        }
    }

    private Country started(List<Country.Town> towns) throws InterruptedException {
        Country country = Country.start(folder, 0, towns, DemoPeople.guide(0, towns));
        assertThat(country.join(PATIENCE)).isTrue();
        for (SiteServer site : country.sites()) {
            while (!(site.site().state() instanceof Site.State.Ready)) {
                Thread.sleep(20);
            }
        }
        return country;
    }

    private Country.Town filled(HospitalProfile profile) throws IOException {
        Country.Town town = new Country.Town(new PartyId(profile.id()), profile.name());
        Path files = DataFolder.prepare(folder.resolve("files-" + profile.id()));
        new SyntheticHospital(profile).writeTo(files, Format.BUNDLES, written -> {});
        DataFolder.prepare(town.location(folder).data());
        try (Store store = Stores.open(town.location(folder).store())) {
            new Loader(store).load(List.of(files), LoadProgress.NONE);
        }
        return town;
    }

    private String ask(Country country) throws IOException, InterruptedException {
        HttpResponse<String> made = send(country, "POST", "/api/v5/query/feasibility", BLOOD_PRESSURE);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = made.headers().firstValue("Location").orElseThrow();
        return "/api/questions/" + location.substring(location.lastIndexOf('/') + 1) + "/asks/1";
    }

    private JsonNode answered(Country country, String ask, int sites) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
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
