package allmende.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The consent module's own examples; skipped where the shared folder is absent. */
final class OfficialExamplesTest {

    private static final Set<String> REPEATED =
            Set.of("category", "coding", "policy", "profile", "extension", "organization");

    private static Path folder;

    @BeforeAll
    static void find() {
        String shared = Optional.ofNullable(System.getenv("ALLMENDE_SHARED"))
                .orElse(Path.of(System.getProperty("allmende.root"), "..", "shared")
                        .toString());
        folder = Path.of(shared, "testdata", "kds-consent");
        Assumptions.assumeTrue(Files.isDirectory(folder), "no published examples at " + folder);
    }

    @Test
    void aComputedStateThatDeniesAllPermitsNothing() throws IOException {
        JsonNode consent = read("Example_MII_Consent_ResultType_ConsentStatus.xml");
        for (Rules rules : List.of(Rules.ALLMENDE, Rules.REFERENCE)) {
            for (String day : List.of("2022-01-31", "2025-12-04", "2026-11-22", "2999-01-01")) {
                assertThat(job(LocalDate.parse(day), rules)
                                .of(List.of(consent), List.of())
                                .refusal())
                        .as(day)
                        .isPresent();
            }
        }
        ConsentExplanation explained = ConsentExplanation.of(List.of(consent), List.of(), LocalDate.of(2026, 11, 22));
        assertThat(explained.policies()).hasSizeGreaterThan(20);
        assertThat(explained.policies()).noneMatch(ConsentExplanation.PolicyAnswer::permitted);
    }

    @Test
    void documentsPermitWhatTheySay() throws IOException {
        for (String file : List.of("Example_MII_Consent_Einwilligung.xml", "Example_MII_Consent_Einwilligung_2.xml")) {
            JsonNode consent = read(file);
            ConsentJob job = job(LocalDate.of(2024, 6, 15), Rules.ALLMENDE);
            PatientConsent found = job.of(List.of(consent), List.of());
            assertThat(found.refusal()).as(file).isEmpty();
            assertThat(found.window().toString()).isEqualTo("2020-09-01..2025-08-31");
            assertThat(job.oddities()).isEmpty();
            assertThat(job(LocalDate.of(2024, 6, 15), Rules.REFERENCE)
                            .of(List.of(consent), List.of())
                            .window())
                    .isEqualTo(found.window());
        }
    }

    private static ConsentJob job(LocalDate day, Rules rules) {
        return new ConsentJob(new ConsentRequest(new TreeSet<>(List.of(Policy.code(6), Policy.code(8))), day, rules));
    }

    private static JsonNode read(String file) throws IOException {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve(file).toFile())
                    .getDocumentElement();
            return json(root).put("resourceType", root.getTagName());
        } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The elements of these examples as JSON: enough for consents. */
    private static ObjectNode json(Element element) {
        ObjectNode object = FhirJson.mapper().createObjectNode();
        if (element.hasAttribute("url")) {
            object.put("url", element.getAttribute("url"));
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element part) {
                String name = part.getTagName();
                boolean nested = element.getTagName().equals("provision")
                        && Set.of("provision", "code").contains(name);
                JsonNode value =
                        part.hasAttribute("value") ? object.stringNode(part.getAttribute("value")) : json(part);
                if (nested || REPEATED.contains(name)) {
                    object.withArray(name).add(value);
                } else {
                    object.set(name, value);
                }
            }
        }
        return object;
    }
}
