package allmende.core.deident;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resources by chance that hold a mark wherever FHIR R4 has a value, and where it has none: beside primitives, in unknown
 * members, in contained resources and nested bundles. Each mark occurs once, and is known by the element that holds it.
 */
final class MarkedResources {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 7;
    private static final List<String> INNER = List.of(
            "Patient",
            "Observation",
            "Condition",
            "Medication",
            "Practitioner",
            "Bundle",
            "Binary",
            "DocumentReference");
    private static final LocalDate FIRST = LocalDate.of(1100, 1, 1);

    private final R4Types types = R4Types.get();
    private final Random random;
    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private int count;

    /** What a mark was put into. */
    record Mark(String label, String type) {}

    MarkedResources(long seed) {
        this.random = new Random(seed);
    }

    /** Texts that were put in, with their places. */
    Map<String, Mark> marks() {
        return marks;
    }

    ObjectNode resource(String type, int depth) {
        ObjectNode resource = JSON.objectNode();
        resource.put("resourceType", type);
        fill(resource, type, depth);
        return resource;
    }

    private void fill(ObjectNode object, String type, int depth) {
        for (R4Types.Element element : types.elements(type)) {
            boolean present = depth == 0 || random.nextInt(100) < (depth < 3 ? 60 : 30);
            if (present && depth < DEEPEST) {
                String chosen =
                        element.types().get(random.nextInt(element.types().size()));
                property(object, type + "." + element.name(), element, chosen, depth);
            }
        }
        if (random.nextInt(3) == 0) {
            object.set("unbekannt", JSON.objectNode().put("wert", text("(unknown)", "unknown")));
        }
    }

    private void property(ObjectNode object, String label, R4Types.Element element, String type, int depth) {
        String property = element.property(type);
        if (types.isPrimitive(type)) {
            JsonNode value = primitive(label, type);
            object.set(property, element.repeats() ? JSON.arrayNode().add(value) : value);
            ObjectNode beside = JSON.objectNode();
            beside.put("id", text(label + "(id)", "shadow"));
            beside.putArray("extension")
                    .addObject()
                    .put("url", "http://example.org/" + count)
                    .put("valueString", text(label + "(extension)", "shadow"));
            if (random.nextInt(4) == 0) {
                object.set("_" + property, element.repeats() ? JSON.arrayNode().add(beside) : beside);
            }
            return;
        }
        ObjectNode value = type.equals(R4Types.RESOURCE)
                ? resource(INNER.get(random.nextInt(INNER.size())), depth + 1)
                : JSON.objectNode();
        if (!type.equals(R4Types.RESOURCE)) {
            fill(value, type, depth + 1);
        }
        if (!value.isEmpty()) {
            ArrayNode list = JSON.arrayNode();
            object.set(property, element.repeats() ? list.add(value) : value);
        }
    }

    private JsonNode primitive(String label, String type) {
        return switch (type) {
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer", "positiveInt", "unsignedInt" -> JSON.numberNode(number(label, type));
            case "decimal" -> JSON.numberNode(new java.math.BigDecimal(number(label, type) + ".25"));
            case "date" -> JSON.stringNode(date(label, type));
            case "dateTime", "instant" -> JSON.stringNode(date(label, type) + "T10:11:12+01:00");
            case "time" -> JSON.stringNode("10:11:12");
            default ->
                JSON.stringNode(
                        label.equals("Reference.reference") && random.nextBoolean()
                                ? "Patient/" + text(label, type)
                                : text(label, type));
        };
    }

    private String text(String label, String type) {
        return noted("Marke" + ++count + "z", label, type);
    }

    private int number(String label, String type) {
        return Integer.parseInt(noted(Integer.toString(700_000_000 + ++count), label, type));
    }

    private String date(String label, String type) {
        return noted(FIRST.plusDays(++count).toString(), label, type);
    }

    private String noted(String mark, String label, String type) {
        marks.put(mark, new Mark(label, type));
        return mark;
    }
}
