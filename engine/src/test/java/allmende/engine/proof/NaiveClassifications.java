package allmende.engine.proof;

import allmende.core.fhir.Coding;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who stands above whom in ICD-10-GM and OPS, read from the published CodeSystems concept by concept. */
final class NaiveClassifications {

    private static final String PACKAGE = "/erp/package/de.gematik.terminology-1.0.5-4.tgz";

    private static final Map<String, String> SYSTEMS = Map.of(
            "package/CodeSystem-icd10gm-2025.json", SampleCodes.ICD,
            "package/CodeSystem-ops-2025.json", SampleCodes.OPS);

    private NaiveClassifications() {}

    static NaiveTerms read() throws IOException {
        Map<Coding, List<Coding>> parents = new HashMap<>();
        try (InputStream in = NaiveClassifications.class.getResourceAsStream(PACKAGE)) {
            TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String system = SYSTEMS.get(entry.getName());
                if (system != null) {
                    read(new String(tar.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8), system, parents);
                }
            }
        }
        return new NaiveTerms(parents);
    }

    private static void read(String codeSystem, String system, Map<Coding, List<Coding>> parents) {
        JsonMapper mapper = JsonMapper.shared();
        try (JsonParser parser = mapper.createParser(codeSystem)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean concepts = parser.currentName().equals("concept");
                parser.nextToken();
                if (!concepts) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    JsonNode concept = parser.readValueAsTree();
                    parents.put(new Coding(system, concept.get("code").asString()), above(concept, system));
                }
            }
        }
    }

    private static List<Coding> above(JsonNode concept, String system) {
        return concept.path("property")
                .valueStream()
                .filter(property -> property.path("code").asString("").equals("parent"))
                .map(property -> new Coding(system, property.get("valueCode").asString()))
                .toList();
    }
}
