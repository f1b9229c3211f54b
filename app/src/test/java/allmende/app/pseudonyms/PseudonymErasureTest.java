package allmende.app.pseudonyms;

import static allmende.app.pseudonyms.TrustCentre.done;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import allmende.app.keys.KeyVault;
import allmende.app.server.Started;
import allmende.app.site.SiteLocation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is erased has no pseudonyms left, whether the site runs or not; others keep theirs. */
class PseudonymErasureTest {

    private static void put(Started site, String path, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(site.url() + "/fhir/" + path))
                                .header("Content-Type", "application/fhir+json")
                                .PUT(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private static void patient(Started site, String id, String number) throws Exception {
        put(
                site,
                "Patient/" + id,
                "{\"resourceType\":\"Patient\",\"id\":\"" + id
                        + "\",\"identifier\":[{\"system\":\"urn:mr\",\"value\":\"" + number + "\"}]}");
    }

    @Test
    void identifiersOfAnErasedPatientAreForgotten() throws Exception {
        Path data = Hospital.temporary("allmende-psn-erase");
        List<String> numbers = List.of("old-1", "new-1", "urn:mr|new-1", "visit-1", "p1", "other-2", "p3");
        Map<String, String> made;
        try (Started site = Started.over(data, Access.OPEN)) {
            patient(site, "p1", "old-1");
            patient(site, "p1", "new-1");
            patient(site, "p2", "other-2");
            patient(site, "p3", "other-3");
            put(
                    site,
                    "Encounter/e1",
                    "{\"resourceType\":\"Encounter\",\"id\":\"e1\",\"status\":\"finished\",\"class\":{\"code\":\"IMP\"},"
                            + "\"identifier\":[{\"value\":\"visit-1\"}],\"subject\":{\"reference\":\"Patient/p1\"}}");
            PseudonymService service = site.bean(PseudonymService.class);
            made = service.pseudonyms("erase", java.util.Set.copyOf(numbers));

            Typed erased = Typed.run("erase", "p1", "--data", data.toString());
            assertThat(erased.code()).as(erased.err()).isZero();

            assertThat(done(service.find("erase", numbers))).containsOnlyKeys("other-2", "p3");
        }
        Typed erased = Typed.run("erase", "p3", "--data", data.toString());
        assertThat(erased.code()).as(erased.err()).isZero();
        try (PseudonymService service = PseudonymService.at(
                SiteLocation.embedded(data), KeyVault.open(data, Map.of()), InstantSource.system())) {
            assertThat(done(service.find("erase", numbers))).isEqualTo(Map.of("other-2", made.get("other-2")));
        }
    }
}
