package allmende.engine.delivery;

import allmende.core.digest.Sha256;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A delivery that is complete already, told from its own files. */
final class Existing {

    private static final String TABLES = "tables/";

    private Existing() {}

    static boolean in(Path folder) {
        return Files.isRegularFile(folder.resolve(Checksums.FILE));
    }

    static Delivery read(Path folder) throws IOException {
        Map<String, Long> stated = new TreeMap<>();
        Map<String, Long> tables = new TreeMap<>();
        for (JsonNode resource :
                json(folder, "datapackage.json").path("resources").values()) {
            String path = resource.path("path").asString("");
            long rows = resource.path("rows").asLong(-1);
            stated.put(path, rows);
            if (path.startsWith(TABLES)) {
                tables.put(path.substring(TABLES.length(), path.lastIndexOf('.')), rows);
            }
        }
        Map<String, Long> unfit = new TreeMap<>();
        for (JsonNode table : json(folder, "dictionary.json").path("tables").values()) {
            long count = table.path("resourcesThatDidNotFit").asLong(0);
            if (count > 0) {
                unfit.put(table.path("name").asString(""), count);
            }
        }
        List<DeliveredFile> files = new ArrayList<>();
        for (String path : Trees.files(folder)) {
            files.add(Hashes.look(folder, path, stated.getOrDefault(path, -1L)));
        }
        return new Delivery(folder, files, tables, unfit, Sha256.hex(Files.readString(folder.resolve(Checksums.FILE))));
    }

    private static JsonNode json(Path folder, String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) && FhirJson.read(Files.readAllBytes(path)) instanceof JsonRead.Parsed(JsonNode tree)
                ? tree
                : MissingNode.getInstance();
    }
}
