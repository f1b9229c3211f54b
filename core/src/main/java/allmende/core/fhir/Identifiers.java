package allmende.core.fhir;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the business identifiers of a resource. */
public final class Identifiers {

    private Identifiers() {}

    /** The identifiers in document order; those without a value are left out. */
    public static List<Identifier> of(JsonNode resource) {
        JsonNode identifier = resource.get("identifier");
        if (identifier == null) {
            return List.of();
        }
        List<Identifier> found = new ArrayList<>();
        // an array in most types, a single object in some (Bundle, Composition, QuestionnaireResponse)
        if (identifier.isArray()) {
            identifier.values().forEach(element -> add(element, found));
        } else {
            add(identifier, found);
        }
        return found;
    }

    private static void add(JsonNode identifier, List<Identifier> found) {
        String value = text(identifier, "value");
        if (!value.isEmpty()) {
            found.add(new Identifier(text(identifier, "system"), value));
        }
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isString() ? value.stringValue() : "";
    }
}
