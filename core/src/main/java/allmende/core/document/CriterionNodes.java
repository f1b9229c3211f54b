package allmende.core.document;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CcdlWriter;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes parts of criteria. Each method changes and returns the node that it is given. */
final class CriterionNodes {

    private static final String TERM_CODES = "termCodes";
    private static final String TERM_CODE = "termCode";
    private static final String VALUE = "valueFilter";
    private static final String ATTRIBUTES = "attributeFilters";
    private static final String ATTRIBUTE = "attributeCode";
    private static final String TIME = "timeRestriction";
    private static final String CONCEPTS = "selectedConcepts";
    private static final String DISPLAY = "display";

    private static final Set<String> OF_FILTERS =
            Set.of("type", CONCEPTS, "comparator", "value", "minValue", "maxValue", "unit", "criteria", ATTRIBUTE);

    private CriterionNodes() {}

    /** A new criterion; there is at least one term, and the first one's context is that of all. */
    static ObjectNode of(List<Term> terms) {
        ObjectNode node = DocumentJson.object();
        String context = terms.getFirst().context();
        node.set("context", CcdlWriter.node(new Coding(Catalogue.CONTEXT_SYSTEM, context), context));
        return terms(node, terms);
    }

    static ObjectNode terms(ObjectNode criterion, List<Term> terms) {
        ArrayNode before = criterion.arrayNode();
        criterion.path(TERM_CODES).forEach(before::add);
        if (criterion.path(TERM_CODE).isObject()) {
            before.add(criterion.path(TERM_CODE));
        }
        ArrayNode after = criterion.arrayNode();
        for (Term term : terms) {
            JsonNode kept = find(before, term.coding());
            after.add(kept == null ? CcdlWriter.node(term.coding(), term.display()) : kept);
        }
        if (criterion.has(TERM_CODE) && !criterion.has(TERM_CODES)) {
            Members.rename(criterion, TERM_CODE, TERM_CODES);
        }
        criterion.set(TERM_CODES, after);
        return criterion;
    }

    static ObjectNode value(ObjectNode criterion, @Nullable ValueFilter filter, Function<Coding, String> display) {
        if (filter == null) {
            criterion.remove(VALUE);
            return criterion;
        }
        ObjectNode after = labelled(CcdlWriter.node(filter), display);
        criterion.set(VALUE, criterion.get(VALUE) instanceof ObjectNode before ? merged(before, after) : after);
        return criterion;
    }

    static ObjectNode time(ObjectNode criterion, @Nullable LocalDate first, @Nullable LocalDate last) {
        if (first == null && last == null) {
            criterion.remove(TIME);
            return criterion;
        }
        ObjectNode time = criterion.get(TIME) instanceof ObjectNode before ? before : criterion.putObject(TIME);
        day(time, "afterDate", first);
        day(time, "beforeDate", last);
        return criterion;
    }

    private static void day(ObjectNode time, String name, @Nullable LocalDate day) {
        if (day == null) {
            time.remove(name);
        } else {
            time.put(name, day.toString());
        }
    }

    static ObjectNode attribute(ObjectNode criterion, AttributeFilter filter, Function<Coding, String> display) {
        ObjectNode after = labelled(CcdlWriter.node(filter), display);
        if (after.get(ATTRIBUTE) instanceof ObjectNode code) {
            code.put(DISPLAY, display.apply(filter.attribute()));
        }
        ArrayNode list =
                criterion.get(ATTRIBUTES) instanceof ArrayNode before ? before : criterion.putArray(ATTRIBUTES);
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index) instanceof ObjectNode before && concerns(before, filter.attribute())) {
                list.set(index, merged(before, after));
                return criterion;
            }
        }
        list.add(after);
        return criterion;
    }

    static ObjectNode withoutAttribute(ObjectNode criterion, Coding attribute) {
        if (criterion.get(ATTRIBUTES) instanceof ArrayNode list) {
            boolean any = false;
            for (int index = list.size() - 1; index >= 0; index--) {
                if (concerns(list.get(index), attribute)) {
                    list.remove(index);
                    any = true;
                }
            }
            if (any && list.isEmpty()) {
                criterion.remove(ATTRIBUTES);
            }
        }
        return criterion;
    }

    static ObjectNode extension(ObjectNode criterion, CriterionExtension extension) {
        if (extension.isEmpty()) {
            criterion.remove(Form.EXTENSION_MEMBER);
        } else {
            criterion.set(Form.EXTENSION_MEMBER, CcdlWriter.node(extension));
        }
        return criterion;
    }

    /** Attributes are found by code in whatever system, as the reader finds them. */
    private static boolean concerns(JsonNode filter, Coding attribute) {
        return filter.path(ATTRIBUTE).path("code").asString("").equals(attribute.code());
    }

    private static ObjectNode labelled(ObjectNode filter, Function<Coding, String> display) {
        for (JsonNode concept : filter.path(CONCEPTS)) {
            ((ObjectNode) concept).put(DISPLAY, display.apply(coding(concept)));
        }
        return filter;
    }

    /** The new filter, with what is unknown and what stays the same as it was written. */
    private static ObjectNode merged(ObjectNode before, ObjectNode after) {
        ObjectNode merged = before.deepCopy();
        OF_FILTERS.stream().filter(name -> !after.has(name)).forEach(merged::remove);
        after.forEachEntry((name, value) -> {
            JsonNode old = before.get(name);
            merged.set(name, old == null ? value : kept(name, old, value));
        });
        return merged;
    }

    private static JsonNode kept(String name, JsonNode before, JsonNode after) {
        return switch (name) {
            case CONCEPTS -> {
                ArrayNode list = DocumentJson.object().arrayNode();
                for (JsonNode concept : after) {
                    JsonNode old = find(before, coding(concept));
                    list.add(old == null ? concept : old);
                }
                yield list;
            }
            case "unit", ATTRIBUTE -> before.path("code").equals(after.path("code")) ? before : after;
            case "value", "minValue", "maxValue" ->
                before.isNumber() && before.decimalValue().compareTo(after.decimalValue()) == 0 ? before : after;
            default -> after;
        };
    }

    private static @Nullable JsonNode find(JsonNode list, Coding coding) {
        for (JsonNode node : list) {
            if (coding(node).equals(Terminology.canonical(coding))) {
                return node;
            }
        }
        return null;
    }

    private static Coding coding(JsonNode node) {
        return Terminology.canonical(
                new Coding(node.path("system").asString(""), node.path("code").asString("")));
    }
}
