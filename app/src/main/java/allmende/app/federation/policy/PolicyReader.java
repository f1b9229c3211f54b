package allmende.app.federation.policy;

import allmende.app.federation.TaskKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a site's policy strictly: what is not understood is a problem, never ignored. */
final class PolicyReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A text under this name says something to people only. */
    private static final String ABOUT = "about";

    private final List<String> problems = new ArrayList<>();

    private PolicyReader() {}

    /**
     * What came of reading.
     *
     * @param policy null if there are problems
     */
    record Read(@Nullable SitePolicy policy, List<String> problems) {}

    static Read read(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            var place = e.getLocation();
            return new Read(
                    null,
                    List.of("The file is no JSON"
                            + (place == null
                                    ? "."
                                    : ": see line " + place.getLineNr() + ", column " + place.getColumnNr() + ".")));
        }
        PolicyReader reader = new PolicyReader();
        SitePolicy policy = reader.policy(root);
        return new Read(reader.problems.isEmpty() ? policy : null, List.copyOf(reader.problems));
    }

    private SitePolicy policy(JsonNode root) {
        names(root, "", Set.of(ABOUT, "paused", "rules", "rates", "featuresOff"));
        boolean paused = root.path("paused").asBoolean(false);
        if (root.has("paused") && !root.path("paused").isBoolean()) {
            problems.add("/paused is true or false.");
        }
        List<SitePolicy.Rule> rules = new ArrayList<>();
        if (!root.path("rules").isArray()) {
            problems.add("/rules is missing: a list of rules, the first that fits decides.");
        }
        for (int i = 0; i < root.path("rules").size(); i++) {
            rules.add(rule(root.path("rules").path(i), "/rules/" + i));
        }
        List<SitePolicy.Rate> rates = new ArrayList<>();
        for (int i = 0; i < root.path("rates").size(); i++) {
            rates.add(rate(root.path("rates").path(i), "/rates/" + i));
        }
        return new SitePolicy(paused, rules, rates, texts(root, "", "featuresOff", Set.of()));
    }

    private SitePolicy.Rule rule(JsonNode node, String place) {
        names(node, place, Set.of(ABOUT, "kind", "from", "roles", "release"));
        return new SitePolicy.Rule(
                word(TaskKind.class, node, place, "kind", TaskKind.FEASIBILITY),
                texts(node, place, "from", Set.of(SitePolicy.ANYBODY)),
                texts(node, place, "roles", Set.of(SitePolicy.ANYBODY)),
                word(SitePolicy.Release.class, node, place, "release", SitePolicy.Release.NEVER));
    }

    private SitePolicy.Rate rate(JsonNode node, String place) {
        names(node, place, Set.of(ABOUT, "kind", "from", "perMinute", "burst"));
        return new SitePolicy.Rate(
                word(TaskKind.class, node, place, "kind", TaskKind.FEASIBILITY),
                texts(node, place, "from", Set.of(SitePolicy.ANYBODY)),
                number(node, place, "perMinute"),
                (int) number(node, place, "burst"));
    }

    private void names(JsonNode node, String place, Set<String> allowed) {
        if (!node.isObject()) {
            problems.add((place.isEmpty() ? "The file" : place) + " is a JSON object in braces.");
            return;
        }
        for (String name : node.propertyNames()) {
            if (!allowed.contains(name)) {
                problems.add(place + "/" + name + " is not known here. Known are: "
                        + allowed.stream().sorted().collect(Collectors.joining(", ")) + ".");
            }
        }
    }

    private <E extends Enum<E>> E word(Class<E> type, JsonNode node, String place, String name, E otherwise) {
        String text = node.path(name).asString("");
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
                return candidate;
            }
        }
        problems.add(place + "/" + name + " is one of: "
                + Arrays.stream(type.getEnumConstants())
                        .map(word -> word.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + ".");
        return otherwise;
    }

    private Set<String> texts(JsonNode node, String place, String name, Set<String> otherwise) {
        JsonNode list = node.path(name);
        if (list.isMissingNode()) {
            return otherwise;
        }
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(text -> texts.add(text.isString() ? text.asString() : ""));
        if (!list.isArray() || texts.contains("")) {
            problems.add(place + "/" + name + " is a list of texts.");
        }
        return texts;
    }

    private double number(JsonNode node, String place, String name) {
        JsonNode value = node.path(name);
        if (!value.isNumber() || value.asDouble() <= 0 || value.asDouble() > 1_000_000) {
            problems.add(place + "/" + name + " is a number greater than 0.");
            return 1;
        }
        return value.asDouble();
    }
}
