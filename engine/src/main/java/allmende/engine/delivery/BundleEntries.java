package allmende.engine.delivery;

import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Extracted;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Transaction bundles: each resource by PUT, so that loading twice changes nothing, and which group each belongs to. */
final class BundleEntries {

    static final byte[] HEAD = text("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
    static final byte[] FOOT = text("]}\n");

    private final DeliveryPlan plan;

    BundleEntries(DeliveryPlan plan) {
        this.plan = plan;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The bundle of a patient as a line; the patient's own resource comes first. */
    void bundle(List<Extracted> resources, OutputStream out) throws IOException {
        out.write(HEAD);
        boolean first = true;
        for (byte[] entry : entries(resources)) {
            if (!first) {
                out.write(',');
            }
            first = false;
            out.write(entry);
        }
        out.write(FOOT);
    }

    /** An entry for each resource, and one for each group that names its resources. */
    List<byte[]> entries(List<Extracted> resources) {
        List<byte[]> entries = new ArrayList<>(resources.size() + 4);
        resources.stream().filter(BundleEntries::isPatient).forEach(each -> entries.add(entry(each.resource())));
        resources.stream().filter(each -> !isPatient(each)).forEach(each -> entries.add(entry(each.resource())));
        for (AttributeGroup group : plan.extraction().groups()) {
            List<String> targets = resources.stream()
                    .filter(each -> each.groups().contains(group.id()))
                    .map(each -> key(each.resource()))
                    .toList();
            if (!targets.isEmpty()) {
                entries.add(entry(provenance(group, targets)));
            }
        }
        return entries;
    }

    private ObjectNode provenance(AttributeGroup group, List<String> targets) {
        // named after what is delivered, never after the patient as the site knows him
        String seed = plan.facts().id() + "|" + group.id() + "|" + targets.getFirst();
        String id =
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        ObjectNode json = FhirJson.mapper().createObjectNode();
        json.put("resourceType", "Provenance").put("id", id);
        ArrayNode array = json.putArray("target");
        targets.forEach(target -> array.addObject().put("reference", target));
        new ProvenanceJson(plan).origin(json, group);
        return json;
    }

    private static boolean isPatient(Extracted extracted) {
        return extracted.resource().path("resourceType").asString("").equals("Patient");
    }

    private static String key(ObjectNode resource) {
        return resource.path("resourceType").asString("") + "/"
                + resource.path("id").asString("");
    }

    private static byte[] entry(ObjectNode resource) {
        ObjectNode entry = FhirJson.mapper().createObjectNode();
        entry.set("resource", resource);
        entry.putObject("request").put("method", "PUT").put("url", key(resource));
        return FhirJson.write(entry);
    }
}
