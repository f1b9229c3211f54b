package allmende.app.projects;

import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Something that does not leave, by id.
 *
 * @param patient id of the patient; empty for none
 * @param resource type and id of the resource; empty where it is the whole patient
 * @param stage code of the stage that left it out
 * @param rule code of the rule
 * @param of group or type that it was wanted for
 */
record LeftOut(String patient, String resource, String stage, String rule, String of) {

    /** The heads of {@link #cells}. */
    static final List<String> HEADS = List.of("patient", "resource", "stage", "rule", "of");

    /** Reads a line as the extraction writes it. */
    static LeftOut of(String line) {
        JsonNode node = FhirJson.parse(line.getBytes(StandardCharsets.UTF_8));
        return new LeftOut(
                node.path("patient").asString(""),
                node.path("resource").asString(""),
                node.path("stage").asString(""),
                node.path("rule").asString(""),
                node.path("of").asString(""));
    }

    /** The same as a line. */
    String line() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("patient", patient)
                .put("resource", resource)
                .put("stage", stage)
                .put("rule", rule)
                .put("of", of)
                .toString();
    }

    List<String> cells() {
        return List.of(patient, resource, stage, rule, of);
    }
}
