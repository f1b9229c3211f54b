package allmende.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Holds the declared profiles against the published ones: each element exists, and what is marked as required is required
 * there. Skips where the packages are not beside the repository.
 */
class PublishedProfilesTest {

    private static final List<String> PACKAGES =
            List.of("base-2026", "laborbefund-2025.0.2", "medikation", "consent", "biobank-2025.0.4", "icu", "molgen");

    /** Minimum by element id, of one published profile. */
    private record Published(Map<String, Integer> minimum) {}

    @Test
    void everyFieldExistsAndWhatIsRequiredIsMarked() throws IOException {
        Map<String, Published> published = published();
        List<String> faults = new ArrayList<>();
        int compared = 0;
        for (DataProfile profile : Profiles.shipped().all()) {
            Published definition = definition(profile, published);
            if (definition != null) {
                compared++;
                profile.fields().forEach(field -> compare(profile, field, definition, faults));
                profile.codes().forEach(code -> exists(profile, code.path(), definition, faults));
                DataProfile.DateElement date = profile.date();
                if (date != null) {
                    exists(profile, date.path(), definition, faults);
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(compared).isGreaterThanOrEqualTo(20);
    }

    private static @Nullable Published definition(DataProfile profile, Map<String, Published> published) {
        List<String> urls = new ArrayList<>(profile.aliases());
        urls.add(profile.url());
        return urls.stream()
                .filter(published::containsKey)
                .map(published::get)
                .findFirst()
                .orElse(null);
    }

    private static void compare(DataProfile profile, ProfileField field, Published definition, List<String> faults) {
        exists(profile, field.path(), definition, faults);
        boolean required = definition.minimum().getOrDefault(field.path(), 0) > 0
                && field.path().chars().filter(letter -> letter == '.').count() == 1;
        if (required != field.required()) {
            faults.add(profile.url() + " " + field.path() + " is required: " + required);
        }
    }

    private static void exists(DataProfile profile, String path, Published definition, List<String> faults) {
        if (!definition.minimum().containsKey(path)) {
            faults.add(profile.url() + " has no " + path);
        }
    }

    private static Map<String, Published> published() throws IOException {
        Path folder = Path.of(System.getProperty("allmende.root"), "..", "shared", "packages");
        assumeTrue(Files.isDirectory(folder), "The published packages are not beside the repository");
        Map<String, Published> published = new HashMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(PublishedProfilesTest::wanted).toList()) {
                Archive.entries(file).values().forEach(content -> profile(content, published));
            }
        }
        return published;
    }

    private static boolean wanted(Path file) {
        String name = file.getFileName().toString();
        return PACKAGES.stream().anyMatch(part -> name.contains("kerndatensatz." + part));
    }

    private static void profile(byte[] content, Map<String, Published> published) {
        if (FhirJson.read(content) instanceof JsonRead.Parsed(JsonNode tree)
                && tree.path("resourceType").asString("").equals("StructureDefinition")
                && tree.has("snapshot")) {
            Map<String, Integer> minimum = new LinkedHashMap<>();
            for (JsonNode element : tree.get("snapshot").path("element")) {
                minimum.put(element.path("id").asString(""), element.path("min").asInt(0));
            }
            published.put(tree.path("url").asString(""), new Published(minimum));
        }
    }
}
