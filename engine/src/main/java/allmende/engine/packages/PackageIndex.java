package allmende.engine.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is in a package, in a file beside its definitions: so that a start reads one small file instead of all of them. */
final class PackageIndex {

    static final String FILE = "index.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PackageIndex() {}

    static void write(InstalledPackage installed, Path folder) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", installed.id().name()).put("version", installed.id().version());
        root.put("title", installed.title()).put("license", installed.license());
        ObjectNode dependencies = root.putObject("dependencies");
        installed.dependencies().forEach(dependencies::put);
        ArrayNode definitions = root.putArray("definitions");
        for (Definition definition : installed.definitions()) {
            definitions
                    .addObject()
                    .put("resourceType", definition.resourceType())
                    .put("url", definition.url())
                    .put("version", definition.version())
                    .put("id", definition.id())
                    .put("name", definition.name())
                    .put("base", definition.base())
                    .put("snapshot", definition.snapshot())
                    .put("file", definition.file().getFileName().toString());
        }
        Files.write(folder.resolve(FILE), JSON.writeValueAsBytes(root));
    }

    /**
     * Reads the index of the package in this folder.
     *
     * @throws IOException if there is none or it is damaged
     */
    static InstalledPackage read(Path folder) throws IOException {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(folder.resolve(FILE)));
            PackageId id = new PackageId(text(root, "name"), text(root, "version"));
            Map<String, String> dependencies = new LinkedHashMap<>();
            root.path("dependencies")
                    .properties()
                    .forEach(entry ->
                            dependencies.put(entry.getKey(), entry.getValue().asString("")));
            List<Definition> definitions = new ArrayList<>();
            for (JsonNode node : root.path("definitions")) {
                definitions.add(new Definition(
                        text(node, "resourceType"),
                        text(node, "url"),
                        text(node, "version"),
                        text(node, "id"),
                        text(node, "name"),
                        text(node, "base"),
                        node.path("snapshot").asBoolean(false),
                        id,
                        folder.resolve(text(node, "file"))));
            }
            return new InstalledPackage(id, text(root, "title"), text(root, "license"), dependencies, definitions);
        } catch (JacksonException | IllegalArgumentException damaged) {
            throw new IOException("the index of " + folder.getFileName() + " is damaged", damaged);
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
