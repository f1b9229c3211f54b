package allmende.app.selection;

import static allmende.app.server.PortalForTest.ADMIN;
import static allmende.app.server.PortalForTest.RESEARCHER;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.server.PortalForTest;
import allmende.app.web.PageWeight;
import java.io.IOException;
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
        String login = Base64.getEncoder().encodeToString((account + ":" + PortalForTest.PASSWORD).getBytes());
        return new PageWeight(PortalForTest.shared().url(), "Authorization", "Basic " + login);
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
        for (String path : List.of("/admin/accounts", "/admin/audit", "/admin/sites")) {
            weights.put(path, admin.of(path));
        }
        weights.forEach((path, bytes) -> assertThat(bytes).as(path).isLessThan(PageWeight.MAX));
    }

    @Test
    void programsGetCompressedJson() {
        assertThat(as(RESEARCHER)
                        .get("/api/concepts/search?q=herz&limit=100")
                        .headers()
                        .firstValue("Content-Encoding"))
                .contains("gzip");
    }
}
