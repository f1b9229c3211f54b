package allmende.app.extraction;

import allmende.core.document.DataDocument;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Extracted;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which group each resource of a bundle is of, as a Provenance (FHIR R4) for each group. The steps of existing pipelines that
 * come after an extraction, such as making tables, find groups and extractions by these identifiers.
 */
final class Origins {

    private static final String SYSTEMS = "https://www.medizininformatik-initiative.de/fhir/fdpg/NamingSystem/";

    private final String extraction;
    private final String recorded;
    private final Map<String, String> names = new LinkedHashMap<>();

    private Origins(String extraction, String recorded, List<AttributeGroup> groups) {
        this.extraction = extraction;
        this.recorded = recorded;
        groups.forEach(group -> names.put(group.id(), group.name()));
    }

    /** For the job whose files go to this folder. */
    static Origins of(Path folder, ExtractionOrder order) throws IOException {
        JobRecord job = JobRecord.in(folder.resolveSibling(JobRecord.FILE));
        List<AttributeGroup> groups =
                DataDocument.read(order.crtdl()) instanceof DataDocument.Read.Readable(DataDocument document, var _)
                        ? document.extraction().extraction().groups()
                        : List.of();
        return new Origins(job.id(), job.begun().toString(), groups);
    }

    /** One for each group that any of these resources is of, with the same id each time. */
    List<ObjectNode> of(List<Extracted> resources) {
        Map<String, List<String>> targets = new LinkedHashMap<>();
        names.keySet().forEach(group -> targets.put(group, new ArrayList<>()));
        for (Extracted each : resources) {
            String key = each.resource().path("resourceType").asString("") + "/"
                    + each.resource().path("id").asString("");
            each.groups().forEach(group -> targets.computeIfAbsent(group, id -> new ArrayList<>())
                    .add(key));
        }
        List<ObjectNode> all = new ArrayList<>();
        targets.forEach((group, of) -> {
            if (!of.isEmpty()) {
                all.add(provenance(group, of));
            }
        });
        return all;
    }

    private ObjectNode provenance(String group, List<String> targets) {
        String seed = extraction + "|" + group + "|" + targets.getFirst();
        ObjectNode json = FhirJson.mapper().createObjectNode();
        json.put("resourceType", "Provenance");
        json.put(
                "id",
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString());
        ArrayNode list = json.putArray("target");
        targets.forEach(target -> list.addObject().put("reference", target));
        json.put("recorded", recorded);
        identifier(json.putArray("agent").addObject().putObject("who"), "program", "allmende");
        ArrayNode entities = json.putArray("entity");
        identifier(entities.addObject().put("role", "source").putObject("what"), "attribute_group", group)
                .put("display", names.getOrDefault(group, group));
        identifier(entities.addObject().put("role", "source").putObject("what"), "extraction_id", extraction);
        return json;
    }

    private static ObjectNode identifier(ObjectNode reference, String system, String value) {
        reference.putObject("identifier").put("system", SYSTEMS + system).put("value", value);
        return reference;
    }
}
