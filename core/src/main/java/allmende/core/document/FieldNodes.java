package allmende.core.document;

import allmende.core.cohort.CcdlWriter;
import allmende.core.extraction.ResourceFilter;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes the fields and filters of a group of a data selection, in place. */
final class FieldNodes {

    private static final String ATTRIBUTES = "attributes";
    private static final String REF = "attributeRef";
    private static final String LINKS = "linkedGroups";
    private static final String FILTER = "filter";

    private FieldNodes() {}

    /** The field of the element; a new one at the end where there is none. */
    static ObjectNode attribute(ObjectNode group, String element) {
        ArrayNode list = list(group, ATTRIBUTES);
        for (JsonNode field : list) {
            if (field.path(REF).asString("").equals(element)) {
                return (ObjectNode) field;
            }
        }
        ObjectNode field = list.addObject();
        field.put(REF, element);
        field.put("mustHave", false);
        return field;
    }

    static void removeAttribute(ObjectNode group, String element) {
        removeWhere(group, ATTRIBUTES, REF, element);
    }

    static void link(ObjectNode field, String id) {
        ArrayNode links = list(field, LINKS);
        for (JsonNode link : links) {
            if (link.asString("").equals(id)) {
                return;
            }
        }
        links.add(id);
    }

    static void unlink(ObjectNode group, String element, String id) {
        for (JsonNode field : group.path(ATTRIBUTES)) {
            if (field.path(REF).asString("").equals(element)) {
                unlink((ObjectNode) field, id);
            }
        }
    }

    static void unlink(ObjectNode field, String id) {
        if (field.get(LINKS) instanceof ArrayNode links && !id.isEmpty()) {
            int before = links.size();
            for (int index = links.size() - 1; index >= 0; index--) {
                if (links.get(index).asString("").equals(id)) {
                    links.remove(index);
                }
            }
            if (before > 0 && links.isEmpty()) {
                field.remove(LINKS);
            }
        }
    }

    static void filter(ObjectNode group, ResourceFilter filter, Function<Coding, String> display) {
        String type =
                switch (filter) {
                    case ResourceFilter.Codes _ -> "token";
                    case ResourceFilter.Days _ -> "date";
                };
        ObjectNode node = filterNode(list(group, FILTER), type, filter.name());
        switch (filter) {
            case ResourceFilter.Codes codes -> codes(node, codes, display);
            case ResourceFilter.Days days -> {
                day(node, "start", days.first());
                day(node, "end", days.last());
            }
        }
    }

    private static ObjectNode filterNode(ArrayNode list, String type, String name) {
        for (JsonNode node : list) {
            if (node.path("type").asString("").equals(type)
                    && node.path("name").asString("").equals(name)) {
                return (ObjectNode) node;
            }
        }
        ObjectNode node = list.addObject();
        node.put("type", type);
        node.put("name", name);
        return node;
    }

    private static void codes(ObjectNode node, ResourceFilter.Codes filter, Function<Coding, String> display) {
        JsonNode before = node.path("codes");
        ArrayNode after = node.arrayNode();
        for (Coding coding : filter.codes()) {
            JsonNode kept = null;
            for (JsonNode old : before) {
                Coding written = new Coding(
                        old.path("system").asString(""), old.path("code").asString(""));
                if (Terminology.canonical(written).equals(Terminology.canonical(coding))) {
                    kept = old;
                }
            }
            after.add(kept == null ? CcdlWriter.node(coding, display.apply(coding)) : kept);
        }
        node.set("codes", after);
    }

    private static void day(ObjectNode node, String name, @Nullable LocalDate day) {
        if (day == null) {
            node.remove(name);
        } else {
            node.put(name, day.toString());
        }
    }

    static void removeFilter(ObjectNode group, String name) {
        removeWhere(group, FILTER, "name", name);
        if (group.path(FILTER).isArray() && group.path(FILTER).isEmpty()) {
            group.remove(FILTER);
        }
    }

    private static void removeWhere(ObjectNode group, String list, String member, String value) {
        if (group.get(list) instanceof ArrayNode nodes) {
            for (int index = nodes.size() - 1; index >= 0; index--) {
                if (nodes.get(index).path(member).asString("").equals(value)) {
                    nodes.remove(index);
                }
            }
        }
    }

    private static ArrayNode list(ObjectNode node, String name) {
        return node.get(name) instanceof ArrayNode list ? list : node.putArray(name);
    }
}
