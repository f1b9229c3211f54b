package allmende.core.profile;

import allmende.core.cohort.CatalogueRead.FileProblem;
import allmende.core.cohort.Place;
import allmende.core.cohort.Problem;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads profile files: one per module, and {@code common.json} with the fields that profiles share.
 * docs/implementation/data-selection.md describes the format.
 */
public final class ProfileFiles {

    /** The file of shared fields. */
    static final String COMMON = "common.json";

    private static final String FOLDER = "/allmende/profile/";
    private static final String SUFFIX = ".json";

    private ProfileFiles() {}

    /** The files that come with the program, by name, in the order in which modules are shown. */
    public static Map<String, byte[]> shipped() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(COMMON, resource(COMMON));
        new String(resource("modules.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(module -> files.put(module + SUFFIX, resource(module + SUFFIX)));
        return files;
    }

    /** Reads files strictly: an unknown key, a missing text, a link to nowhere are problems. */
    public static ProfileRead read(Map<String, byte[]> files) {
        List<FileProblem> found = new ArrayList<>();
        Map<String, JsonNode> shared = new HashMap<>();
        List<DataProfile> profiles = new ArrayList<>();
        byte[] common = files.get(COMMON);
        if (common != null) {
            place(COMMON, common, found).forEach(file -> shared.putAll(ProfileReader.shared(file)));
        }
        files.forEach((name, content) -> {
            if (!name.equals(COMMON)) {
                place(name, content, found).forEach(file -> {
                    profiles.addAll(ProfileReader.read(file, name.replace(SUFFIX, ""), shared));
                    file.problems().forEach(problem -> found.add(new FileProblem(name, problem)));
                });
            }
        });
        Profiles all = new Profiles(profiles);
        profiles.forEach(profile -> check(profile, all, found));
        if (profiles.size() != all.all().size()) {
            found.add(new FileProblem("", new Problem("", "Two profiles have the same URL.")));
        }
        return found.isEmpty() ? new ProfileRead.Complete(all) : new ProfileRead.Faulty(found);
    }

    /** The document's root; nothing, and a problem, where it is no JSON. */
    private static List<Place> place(String name, byte[] content, List<FileProblem> found) {
        return switch (FhirJson.read(content)) {
            case JsonRead.Parsed parsed -> List.of(Place.root(parsed.tree(), new ArrayList<>()));
            case JsonRead.Malformed malformed -> {
                found.add(new FileProblem(name, new Problem("", malformed.toString())));
                yield List.of();
            }
        };
    }

    private static void check(DataProfile profile, Profiles all, List<FileProblem> found) {
        profile.fields().stream()
                .flatMap(field -> field.targets().stream())
                .filter(target -> all.find(target).isEmpty())
                .forEach(target -> found.add(new FileProblem(
                        profile.module() + SUFFIX,
                        new Problem("", profile.url() + ": there is no profile " + target + " to point to."))));
    }

    private static byte[] resource(String name) {
        try (InputStream stream = ProfileFiles.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no " + FOLDER + name);
            }
            return stream.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
