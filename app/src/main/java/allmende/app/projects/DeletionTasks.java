package allmende.app.projects;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tasks to delete, written for programs. */
final class DeletionTasks {

    private DeletionTasks() {}

    /** A task as the site's own people list it. */
    static ObjectNode brief(DeletionTask task) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", task.id())
                .put("project", task.project())
                .put("delivery", task.delivery())
                .put("recipient", task.recipient())
                .put("pseudonym", task.pseudonym())
                .put("reason", task.reason())
                .put("at", task.at().toString())
                .put(
                        "confirmedAt",
                        task.confirmedAt() == null ? null : task.confirmedAt().toString())
                .put("confirmedBy", task.confirmedBy());
    }

    /** Tasks of a delivery as its recipient gets them: a Bundle of FHIR Tasks. */
    static ObjectNode bundle(List<DeletionTask> tasks) {
        ObjectNode bundle = JsonNodeFactory.instance.objectNode();
        bundle.put("resourceType", "Bundle");
        bundle.put("type", "collection");
        ArrayNode entries = bundle.putArray("entry");
        for (DeletionTask task : tasks) {
            entries.addObject().set("resource", fhir(task));
        }
        return bundle;
    }

    private static ObjectNode fhir(DeletionTask task) {
        ObjectNode fhir = JsonNodeFactory.instance.objectNode();
        fhir.put("resourceType", "Task");
        fhir.put("id", task.id());
        fhir.putObject("groupIdentifier")
                .put("system", Handover.PROJECT_IDENTIFIER)
                .put("value", task.project());
        fhir.put("status", task.confirmed() ? "completed" : "requested");
        fhir.put("intent", "order");
        fhir.putObject("code").put("text", "Delete the data of this pseudonym");
        fhir.put("authoredOn", task.at().toString());
        fhir.putObject("owner").put("display", task.recipient());
        fhir.putObject("statusReason").put("text", task.reason());
        ArrayNode input = fhir.putArray("input");
        input(input, "pseudonym", task.pseudonym());
        input(input, "delivery", task.delivery());
        return fhir;
    }

    private static void input(ArrayNode inputs, String name, String value) {
        ObjectNode input = inputs.addObject();
        input.putObject("type").put("text", name);
        input.put("valueString", value);
    }
}
