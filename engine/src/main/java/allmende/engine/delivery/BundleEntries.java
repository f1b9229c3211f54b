package allmende.engine.delivery;

import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Extracted;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Transaction bundles: each resource by PUT, so that loading twice changes nothing, and which group each belongs to. */
final class BundleEntries {

    static final byte[] HEAD = text("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
    static final byte[] FOOT = text("]}\n");

    private static final byte[] RESOURCE = text("{\"resource\":");
    private static final byte[] REQUEST = text(",\"request\":{\"method\":\"PUT\",\"url\":");
    private static final byte[] END = text("}}");

    private final DeliveryPlan plan;

    /** A resource of the delivery, and how it is written. */
    record Written(Extracted extracted, byte[] json) {

        static Written of(Extracted extracted) {
            return new Written(extracted, FhirJson.write(extracted.resource()));
        }

        ObjectNode resource() {
            return extracted.resource();
        }
    }

    BundleEntries(DeliveryPlan plan) {
        this.plan = plan;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The bundle of a patient as a line; the patient's own resource comes first. */
    void bundle(List<Written> resources, OutputStream out) throws IOException {
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
    List<byte[]> entries(List<Written> resources) {
        List<byte[]> entries = new ArrayList<>(resources.size() + 4);
        resources.stream().filter(BundleEntries::isPatient).forEach(each -> entries.add(entry(each)));
        resources.stream().filter(each -> !isPatient(each)).forEach(each -> entries.add(entry(each)));
        for (AttributeGroup group : plan.extraction().groups()) {
            List<String> targets = resources.stream()
                    .filter(each -> each.extracted().groups().contains(group.id()))
                    .map(each -> key(each.resource()))
                    .toList();
            if (!targets.isEmpty()) {
                ObjectNode provenance = provenance(group, targets);
                entries.add(entry(provenance, FhirJson.write(provenance)));
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

    private static boolean isPatient(Written written) {
        return written.resource().path("resourceType").asString("").equals("Patient");
    }

    private static String key(ObjectNode resource) {
        return resource.path("resourceType").asString("") + "/"
                + resource.path("id").asString("");
    }

    private static byte[] entry(Written written) {
        return entry(written.resource(), written.json());
    }

    /** Spliced of bytes, since a resource has been written once already. */
    private static byte[] entry(ObjectNode resource, byte[] json) {
        byte[] url = FhirJson.write(StringNode.valueOf(key(resource)));
        return ByteBuffer.allocate(RESOURCE.length + json.length + REQUEST.length + url.length + END.length)
                .put(RESOURCE)
                .put(json)
                .put(REQUEST)
                .put(url)
                .put(END)
                .array();
    }
}
