package allmende.core.terminology.operation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a ValueSet consists of.
 *
 * @param inactive whether inactive codes belong to it
 * @param includes rules whose results are put together
 * @param excludes rules whose results are taken away
 */
record Compose(boolean inactive, List<Rule> includes, List<Rule> excludes) {

    /** One condition on the concepts of a code system. */
    record Filter(String property, String op, String value) {}

    /** A code with the text given for it, or an empty one. */
    record Listed(String code, String display) {}

    /** One include or exclude: everything in it must hold. */
    record Rule(
            @Nullable String system,
            @Nullable String version,
            List<Listed> concepts,
            List<Filter> filters,
            List<String> valueSets) {

        static Rule whole(String system, @Nullable String version) {
            return new Rule(system, version, List.of(), List.of(), List.of());
        }

        static Rule filtered(String system, @Nullable String version, Filter filter) {
            return new Rule(system, version, List.of(), List.of(filter), List.of());
        }
    }

    static Compose of(Rule include) {
        return new Compose(true, List.of(include), List.of());
    }

    /** Reads {@code ValueSet.compose}; where it is absent, the expansion that the value set brings along. */
    static Compose read(JsonNode valueSet) {
        JsonNode compose = valueSet.path("compose");
        if (!compose.isObject()) {
            List<Rule> listed = new ArrayList<>();
            contained(valueSet.path("expansion").path("contains"), listed);
            return new Compose(true, listed, List.of());
        }
        return new Compose(
                compose.path("inactive").asBoolean(true),
                rules(compose.path("include")),
                rules(compose.path("exclude")));
    }

    private static void contained(JsonNode contains, List<Rule> rules) {
        for (JsonNode each : contains) {
            String code = each.path("code").asString("");
            if (!code.isEmpty() && !each.path("abstract").asBoolean(false)) {
                Listed listed = new Listed(code, each.path("display").asString(""));
                rules.add(new Rule(text(each, "system"), text(each, "version"), List.of(listed), List.of(), List.of()));
            }
            contained(each.path("contains"), rules);
        }
    }

    private static List<Rule> rules(JsonNode nodes) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode node : nodes) {
            List<Listed> concepts = new ArrayList<>();
            for (JsonNode concept : node.path("concept")) {
                concepts.add(new Listed(
                        concept.path("code").asString(""),
                        concept.path("display").asString("")));
            }
            List<Filter> filters = new ArrayList<>();
            for (JsonNode filter : node.path("filter")) {
                filters.add(new Filter(
                        filter.path("property").asString(""),
                        filter.path("op").asString(""),
                        filter.path("value").asString("")));
            }
            List<String> valueSets = new ArrayList<>();
            node.path("valueSet").forEach(each -> valueSets.add(each.asString("")));
            rules.add(new Rule(text(node, "system"), text(node, "version"), concepts, filters, valueSets));
        }
        return rules;
    }

    private static @Nullable String text(JsonNode node, String member) {
        String text = node.path(member).asString("");
        return text.isEmpty() ? null : text;
    }
}
