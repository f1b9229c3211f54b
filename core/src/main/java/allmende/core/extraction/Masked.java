package allmende.core.extraction;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Says of an element that its value was taken away (extension {@code data-absent-reason}, code {@code masked}). */
final class Masked {

    static final String URL = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Masked() {}

    /** An element with nothing but the reason. */
    static ObjectNode element() {
        ObjectNode element = NODES.objectNode();
        ArrayNode extensions = element.putArray("extension");
        extensions.addObject().put("url", URL).put("valueCode", "masked");
        return element;
    }

    /** Sets a masked element of a type: beside the name of a primitive, else in its place. */
    static void set(ObjectNode parent, String name, String type, boolean many) {
        boolean primitive = !type.isEmpty() && Character.isLowerCase(type.charAt(0));
        if (!primitive) {
            parent.set(name, many ? NODES.arrayNode().add(element()) : element());
        } else if (many) {
            parent.set(name, NODES.arrayNode().addNull());
            parent.set("_" + name, NODES.arrayNode().add(element()));
        } else {
            parent.set("_" + name, element());
        }
    }
}
