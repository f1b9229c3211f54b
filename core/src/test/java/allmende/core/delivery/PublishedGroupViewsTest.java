package allmende.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.core.profile.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Views are valid for every published profile with a snapshot. Skips where the packages are not beside the repository. */
class PublishedGroupViewsTest {

    private static final Set<String> STANDARD = Set.of("id", "meta", "implicitRules", "language", "text", "contained");

    @Test
    void everyPublishedProfileHasTables() throws IOException {
        Map<String, JsonNode> definitions = definitions();
        int profiles = 0;
        int slices = 0;
        int told = 0;
        List<String> unshown = new ArrayList<>();
        for (JsonNode definition : definitions.values()) {
            String type = definition.path("type").asString("");
            if (!definition.path("kind").asString("").equals("resource") || !definition.has("snapshot")) {
                continue;
            }
            profiles++;
            StructureFacts facts = new StructureFacts(definition, url -> Optional.ofNullable(definitions.get(url)));
            List<String> wanted = new ArrayList<>();
            for (JsonNode element : definition.path("snapshot").path("element").values()) {
                String id = element.path("id").asString("");
                boolean top = id.chars().filter(letter -> letter == '.').count() == 1;
                boolean gone = element.path("max").asString("").equals("0");
                boolean open = id.endsWith("xtension") || STANDARD.contains(id.substring(id.indexOf('.') + 1));
                if (top && !gone && !open) {
                    wanted.add(id);
                    boolean slice = id.contains(":") && !id.contains("xtension") && !id.contains("[x]");
                    slices += slice ? 1 : 0;
                    told += slice && facts.fact(id).condition() != null ? 1 : 0;
                }
            }
            GroupTables tables =
                    GroupViews.of(GroupViewsTest.group("Profil", wanted.toArray(String[]::new)), type, facts);
            assertThat(tables.tables()).as(definition.path("url").asString("")).isNotEmpty();
            tables.unshown().forEach(id -> unshown.add(definition.path("url").asString("") + " " + id));
        }
        assertThat(profiles).isGreaterThan(100);
        // the others are told by the profile of a resource that they refer to, which a view can't see
        assertThat(told).as("slices that are told from others, of " + slices).isGreaterThan(slices * 3 / 5);
        assertThat(unshown.size()).isLessThan(profiles);
    }

    private static Map<String, JsonNode> definitions() throws IOException {
        Path folder = Path.of(System.getProperty("allmende.root"), "..", "shared", "packages");
        assumeTrue(Files.isDirectory(folder), "The published packages are not beside the repository");
        Map<String, JsonNode> found = new HashMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().contains("kerndatensatz")
                            || each.toString().contains("basisprofil"))
                    .sorted()
                    .toList()) {
                for (byte[] content : Archive.entries(file).values()) {
                    if (FhirJson.read(content) instanceof JsonRead.Parsed(JsonNode tree)
                            && tree.path("resourceType").asString("").equals("StructureDefinition")) {
                        found.put(tree.path("url").asString(""), tree);
                    }
                }
            }
        }
        return found;
    }
}
