package allmende.engine.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one package into a folder. Its definitions are kept as they came, each in a file that is named after the one in
 * the package; everything else, such as examples, is left out.
 */
final class Unpacking implements PackageFiles.Sink {

    /** What a package may define and this program may use. */
    private static final Set<String> TYPES = Set.of(
            "StructureDefinition",
            "ValueSet",
            "CodeSystem",
            "ConceptMap",
            "SearchParameter",
            "OperationDefinition",
            "CapabilityStatement",
            "CompartmentDefinition",
            "ImplementationGuide",
            "ViewDefinition",
            "Library",
            "Measure",
            "Questionnaire",
            "StructureMap",
            "GraphDefinition",
            "MessageDefinition",
            "PlanDefinition",
            "ActivityDefinition");

    private static final Set<String> OTHER_FOLDERS = Set.of("example", "examples", "openapi", "xml", "tests", "rdf");
    private static final int FAULTS_MAX = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private @Nullable JsonNode manifest;
    private int skipped;

    Unpacking(Path folder) {
        this.folder = folder;
    }

    /** A definition whose package has no name yet. */
    private record Draft(JsonNode head, String file) {}

    int skipped() {
        return skipped;
    }

    @Override
    public void file(String path, byte[] content) throws IOException {
        String[] steps = path.split("/");
        String last = steps[steps.length - 1];
        boolean own = last.startsWith(".");
        for (int i = 0; i < steps.length - 1; i++) {
            own |= OTHER_FOLDERS.contains(steps[i].toLowerCase(Locale.ROOT)) || steps[i].startsWith(".");
        }
        if (own) {
            skipped++;
            return;
        }
        try {
            JsonNode root = JSON.readTree(content);
            if (last.equals("package.json") && steps.length <= 2) {
                manifest = root;
            } else {
                definition(root, last, content);
            }
        } catch (JacksonException broken) {
            if (faults.size() < FAULTS_MAX) {
                faults.add(path + ": is not JSON");
            }
        }
    }

    private void definition(JsonNode root, String name, byte[] content) throws IOException {
        if (!TYPES.contains(text(root, "resourceType")) || text(root, "url").isEmpty()) {
            skipped++;
            return;
        }
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String free = safe;
        for (int i = 2; !names.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = i + "-" + safe;
        }
        // An index of the package's own has this very name, and is no definition.
        String file = free.equals(PackageIndex.FILE) ? "definition-" + free : free;
        Files.write(folder.resolve(file), content);
        drafts.add(new Draft(head(root), file));
    }

    /** Only what the index needs: a package of terminologies would fill the memory otherwise. */
    private static JsonNode head(JsonNode root) {
        var head = JSON.createObjectNode();
        for (String name : List.of("resourceType", "url", "version", "id", "name")) {
            head.put(name, text(root, name));
        }
        head.put("base", text(root, "type"));
        head.put("snapshot", root.path("snapshot").path("element").isArray());
        return head;
    }

    /**
     * The package, after all files have come.
     *
     * @param fileName name of the file or folder that it came in: the name of a package that has none
     * @throws PackageRefused if it is none, or a file of it is broken
     */
    InstalledPackage finish(String fileName) throws PackageRefused {
        if (!faults.isEmpty()) {
            throw new PackageRefused("It holds files that can't be read.", faults);
        }
        if (drafts.isEmpty()) {
            throw new PackageRefused("It holds no definitions.");
        }
        JsonNode told = manifest == null ? JSON.createObjectNode() : manifest;
        checkFhirVersion(told);
        String name = text(told, "name");
        String version = text(told, "version");
        name = name.isEmpty() ? fileName.replaceAll("\\.(tgz|tar\\.gz)$", "") : name;
        version = version.isEmpty() ? commonVersion() : version;
        if (!PackageId.isSafe(name) || !PackageId.isSafe(version)) {
            throw new PackageRefused("Its name or version is not one of a package.");
        }
        PackageId id = new PackageId(name, version);
        Map<String, String> dependencies = new LinkedHashMap<>();
        told.path("dependencies")
                .properties()
                .forEach(entry ->
                        dependencies.put(entry.getKey(), entry.getValue().asString("")));
        List<Definition> definitions =
                drafts.stream().map(draft -> definition(draft, id)).toList();
        return new InstalledPackage(id, text(told, "title"), text(told, "license"), dependencies, definitions);
    }

    private Definition definition(Draft draft, PackageId id) {
        JsonNode head = draft.head();
        return new Definition(
                text(head, "resourceType"),
                text(head, "url"),
                text(head, "version"),
                text(head, "id"),
                text(head, "name"),
                text(head, "base"),
                head.path("snapshot").asBoolean(false),
                id,
                folder.resolve(draft.file()));
    }

    private static void checkFhirVersion(JsonNode manifest) throws PackageRefused {
        JsonNode versions =
                manifest.has("fhirVersions") ? manifest.path("fhirVersions") : manifest.path("fhir-version-list");
        if (!versions.isArray() || versions.isEmpty()) {
            return;
        }
        for (JsonNode version : versions) {
            if (version.asString("").startsWith("4.0")) {
                return;
            }
        }
        throw new PackageRefused("It is not for FHIR R4 (4.0.1).");
    }

    /** The version that most definitions state, where the package itself states none. */
    private String commonVersion() {
        Map<String, Integer> counts = new HashMap<>();
        for (Draft draft : drafts) {
            String version = text(draft.head(), "version");
            if (PackageId.isSafe(version)) {
                counts.merge(version, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
                .map(Map.Entry::getKey)
                .orElse("0");
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
