package allmende.app.concepts;

import allmende.core.fhir.Coding;
import java.util.List;
import java.util.Optional;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A concept that somebody chose in the search, as the form posts it: one value of the parameter {@code concept} each.
 *
 * @param context code of the context
 * @param display the text that was shown
 */
public record ChosenConcept(String context, Coding coding, String display) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PARAMETER = "concept";
    private static final int TEXT_MAX = 2_000;

    /** The value that a form posts. */
    public String value() {
        return JSON.createObjectNode()
                .put("context", context)
                .put("system", coding.system())
                .put("code", coding.code())
                .put("display", display)
                .toString();
    }

    /**
     * Reads what a form posted: all values of the parameter {@code concept}, those left out that are none. The values come
     * as they were sent, since Spring would cut a single one at its commas where a list is asked for.
     */
    public static List<ChosenConcept> all(MultiValueMap<String, String> form) {
        return form.getOrDefault(PARAMETER, List.of()).stream()
                .flatMap(value -> read(value).stream())
                .toList();
    }

    /** Reads a posted value; empty where it is not one. */
    public static Optional<ChosenConcept> read(String value) {
        if (value.length() > TEXT_MAX) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(value);
            ChosenConcept chosen = new ChosenConcept(
                    node.path("context").asString(""),
                    new Coding(
                            node.path("system").asString(""), node.path("code").asString("")),
                    node.path("display").asString(""));
            boolean whole = !chosen.context.isEmpty()
                    && !chosen.coding.system().isEmpty()
                    && !chosen.coding.code().isEmpty();
            return whole ? Optional.of(chosen) : Optional.empty();
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }
}
