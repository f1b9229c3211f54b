package allmende.app.selection;

import static allmende.app.server.PortalForTest.ADMIN;
import static allmende.app.server.PortalForTest.RESEARCHER;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.server.PortalForTest;
import allmende.app.web.PageWeight;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** No page of a portal is heavy, and none waits for a script before it can be seen. */
class PortalWeightTest {

    private static final String QUESTION = """
            {"version": "2", "inclusionCriteria": [[{"context": {"system": "fdpg.mii.cds", "code": "Diagnose",
              "display": "Diagnose"}, "termCodes": [{"system": "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
              "code": "I10", "display": "I10"}]}]]}
            """;

    private static PageWeight as(String account) {
        return new PageWeight(PortalForTest.shared().url()).login(account, PortalForTest.PASSWORD);
    }

    @Test
    void everyPageIsLight() throws IOException, InterruptedException {
        String location = PortalForTest.shared()
                .send(RESEARCHER, "POST", "/api/questions?name=Weight", QUESTION)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String question = "/workbench/" + location.substring(location.lastIndexOf('/') + 1);
        Map<String, Integer> weights = new TreeMap<>();
        PageWeight everybody = new PageWeight(PortalForTest.shared().url());
        for (String path : List.of("/", "/login", "/register", "/accessibility")) {
            weights.put(path, everybody.of(path));
        }
        PageWeight researcher = as(RESEARCHER);
        for (String path : List.of(
                "/workbench",
                "/workbench/compare",
                "/workbench/import",
                "/account",
                "/concepts",
                "/concepts?q=herz",
                "/concepts/tree",
                "/concepts/bulk",
                question,
                question + "/add?to=inclusion-0",
                question + "/criterion/inclusion-0-0",
                question + "/consent",
                question + "/versions",
                question + "/about",
                question + "/selection",
                question + "/files",
                question + "/import")) {
            weights.put(path, researcher.of(path));
        }
        PageWeight admin = as(ADMIN);
        for (String path : List.of("/admin", "/admin/sites")) {
            weights.put(path, admin.of(path));
        }
        String folder = System.getProperty("allmende.photos");
        if (folder != null) {
            Files.writeString(Path.of(folder, "weights.txt"), weights.toString());
        }
        weights.forEach((path, bytes) -> assertThat(bytes).as(path).isLessThan(PageWeight.MAX));
    }

    @Test
    void programsGetCompressedJson() throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((RESEARCHER + ":" + PortalForTest.PASSWORD).getBytes());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(PortalForTest.shared().url() + "/api/concepts/search?q=herz&limit=100"))
                .header("Authorization", "Basic " + login)
                .header("Accept-Encoding", "gzip")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        }
    }
}
