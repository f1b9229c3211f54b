package allmende.engine.delivery;

import allmende.core.extraction.AttributeGroup;
import allmende.core.fhir.FhirJson;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The descriptor {@code ro-crate-metadata.json}: RO-Crate 1.1. */
final class CrateJson {

    private final DeliveryPlan plan;
    private final List<DeliveredFile> files;

    CrateJson(DeliveryPlan plan, List<DeliveredFile> files) {
        this.plan = plan;
        this.files = files;
    }

    ObjectNode json() {
        ObjectNode root = FhirJson.mapper().createObjectNode();
        root.put("@context", "https://w3id.org/ro/crate/1.1/context");
        ArrayNode graph = root.putArray("@graph");
        ObjectNode descriptor = entity(graph, "ro-crate-metadata.json", "CreativeWork");
        link(descriptor, "conformsTo", "https://w3id.org/ro/crate/1.1");
        link(descriptor, "about", "./");
        dataset(graph);
        files.forEach(file -> file(graph, file));
        entity(graph, "#publisher", "Organization").put("name", plan.facts().publisher());
        entity(graph, "#conditions", "CreativeWork")
                .put("name", "Conditions of use")
                .put(
                        "description",
                        plan.facts().conditions().en() + "\n\n"
                                + plan.facts().conditions().de());
        entity(graph, "#program", "SoftwareApplication")
                .put("name", plan.facts().program());
        ObjectNode action = entity(graph, "#extraction", "CreateAction");
        action.put("name", "Extraction of the data")
                .put("endTime", plan.facts().created().toString());
        link(action, "instrument", "#program");
        link(action, "agent", "#publisher");
        link(action, "result", "./");
        return root;
    }

    private void dataset(ArrayNode graph) {
        DeliveryFacts facts = plan.facts();
        ObjectNode dataset = entity(graph, "./", "Dataset").put("name", facts.title());
        String groups =
                plan.extraction().groups().stream().map(AttributeGroup::name).collect(Collectors.joining(", "));
        dataset.put("description", "Health data for the project " + facts.project() + ": " + groups + ".");
        dataset.put("identifier", facts.id())
                .put("datePublished", facts.created().toString());
        dataset.put("version", "snapshot " + facts.t());
        link(dataset, "publisher", "#publisher");
        link(dataset, "license", "#conditions");
        ArrayNode parts = dataset.putArray("hasPart");
        files.forEach(file -> parts.addObject().put("@id", file.path()));
    }

    private static void file(ArrayNode graph, DeliveredFile file) {
        entity(graph, file.path(), "File")
                .put("name", file.path())
                .put("contentSize", Long.toString(file.bytes()))
                .put("encodingFormat", file.mediaType())
                .put("sha256", file.sha256());
    }

    private static ObjectNode entity(ArrayNode graph, String id, String type) {
        return graph.addObject().put("@id", id).put("@type", type);
    }

    private static void link(ObjectNode json, String name, String id) {
        json.putObject(name).put("@id", id);
    }
}
