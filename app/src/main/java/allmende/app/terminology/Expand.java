package allmende.app.terminology;

import allmende.core.terminology.operation.CodeSet;
import allmende.core.terminology.operation.Expander;
import allmende.core.terminology.operation.Expansion;
import allmende.core.terminology.operation.Gap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code ValueSet/$expand}: the codes of a value set. */
final class Expand {

    static final Set<String> PARAMETERS = Set.of(
            "url",
            "valueSet",
            "valueSetVersion",
            "filter",
            "offset",
            "count",
            "includeDesignations",
            "includeDefinition",
            "activeOnly",
            "excludeNested",
            "excludeNotForUI",
            "displayLanguage",
            "system-version",
            "date");

    /** What of a value set's definition an expansion repeats. */
    private static final List<String> REPEATED =
            List.of("url", "version", "name", "title", "status", "experimental", "publisher", "copyright");

    private final ValueSets valueSets;
    private final Elsewhere elsewhere;
    private final Clock clock;

    Expand(ValueSets valueSets, Elsewhere elsewhere, Clock clock) {
        this.valueSets = valueSets;
        this.elsewhere = elsewhere;
        this.clock = clock;
    }

    JsonNode answer(OperationInput input, @Nullable JsonNode instance) {
        ValueSets.Wanted wanted = valueSets.wanted(input, instance);
        String filter = input.text("filter");
        Expander.Wanted page = new Expander.Wanted(
                filter == null ? "" : filter,
                input.number("offset", 0),
                input.text("count") == null ? -1 : input.number("count", 0),
                input.flag("activeOnly", false),
                !input.flag("excludeNested", true),
                input.text("displayLanguage"),
                input.flag("includeDesignations", false));
        CodeSet codes = valueSets.codes(wanted);
        if (codes == null) {
            return away(valueSets.missing(wanted), wanted, page);
        }
        return switch (Expander.expand(codes, page)) {
            case Expansion.Expanded expanded -> valueSet(wanted, page, expanded, input);
            case Expansion.NotHere(Gap gap) -> away(gap, wanted, page);
        };
    }

    private JsonNode away(Gap gap, ValueSets.Wanted wanted, Expander.Wanted page) {
        Answer question = valueSets
                .question(wanted)
                .text("filter", "valueString", page.filter())
                .text("displayLanguage", "valueCode", page.language())
                .number("offset", page.offset(), 0)
                .number("count", page.count(), -1);
        if (page.activeOnly()) {
            question.flag("activeOnly", true);
        }
        return elsewhere.ask(
                gap,
                "ValueSet/$expand",
                gap.system().isEmpty() ? valueSets.systems(wanted) : List.of(gap.system()),
                question.toJson());
    }

    private JsonNode valueSet(
            ValueSets.Wanted wanted, Expander.Wanted page, Expansion.Expanded expanded, OperationInput input) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode().put("resourceType", "ValueSet");
        JsonNode definition = valueSets.definition(wanted);
        for (String member : REPEATED) {
            if (definition.has(member)) {
                resource.set(member, definition.get(member));
            }
        }
        if (!definition.has("url") && !wanted.url().isEmpty()) {
            resource.put("url", wanted.url());
        }
        if (!definition.has("status")) {
            resource.put("status", "active");
        }
        if (input.flag("includeDefinition", false) && definition.has("compose")) {
            resource.set("compose", definition.get("compose"));
        }
        ObjectNode expansion = resource.putObject("expansion");
        byte[] names = (wanted + " " + page + " " + expanded.used()).getBytes(StandardCharsets.UTF_8);
        expansion.put("identifier", "urn:uuid:" + UUID.nameUUIDFromBytes(names));
        expansion.put(
                "timestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        expansion.put("total", expanded.total());
        if (page.offset() > 0 || page.count() >= 0) {
            expansion.put("offset", page.offset());
        }
        parameters(expansion.putArray("parameter"), page, expanded);
        if (!expanded.entries().isEmpty()) {
            ArrayNode contains = expansion.putArray("contains");
            expanded.entries().forEach(each -> entry(contains.addObject(), each));
        }
        return resource;
    }

    private static void parameters(ArrayNode parameters, Expander.Wanted page, Expansion.Expanded expanded) {
        if (!page.filter().isEmpty()) {
            parameters.addObject().put("name", "filter").put("valueString", page.filter());
        }
        if (page.count() >= 0) {
            parameters.addObject().put("name", "count").put("valueInteger", page.count());
        }
        if (page.language() != null) {
            parameters.addObject().put("name", "displayLanguage").put("valueCode", page.language());
        }
        if (page.activeOnly()) {
            parameters.addObject().put("name", "activeOnly").put("valueBoolean", true);
        }
        expanded.used()
                .forEach(each -> parameters.addObject().put("name", "version").put("valueUri", each));
    }

    private static void entry(ObjectNode out, Expander.Entry entry) {
        out.put("system", entry.system());
        if (!entry.version().isEmpty()) {
            out.put("version", entry.version());
        }
        if (entry.isAbstract()) {
            out.put("abstract", true);
        }
        if (entry.inactive()) {
            out.put("inactive", true);
        }
        out.put("code", entry.code());
        if (!entry.display().isEmpty()) {
            out.put("display", entry.display());
        }
        if (!entry.designations().isEmpty()) {
            ArrayNode designations = out.putArray("designation");
            entry.designations().forEach(each -> {
                ObjectNode one = designations.addObject();
                if (!each.language().isEmpty()) {
                    one.put("language", each.language());
                }
                if (!each.use().isEmpty()) {
                    one.set("use", Answer.coding(each.useSystem(), each.use(), ""));
                }
                one.put("value", each.text());
            });
        }
        if (!entry.below().isEmpty()) {
            ArrayNode contains = out.putArray("contains");
            entry.below().forEach(each -> entry(contains.addObject(), each));
        }
    }
}
