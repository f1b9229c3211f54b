package allmende.app.quality;

import allmende.core.path.FhirPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and bounds that come with the program, from {@code rules.json} and {@code bounds.json}. */
final class RuleBook {

    /** What an expression may use besides the resource. */
    static final Set<String> VARIABLES = Set.of("patient", "today");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Rule> rules;
    private final Map<String, Bound> bounds;
    private final String fingerprint;

    private RuleBook(List<Rule> rules, Map<String, Bound> bounds, String fingerprint) {
        this.rules = List.copyOf(rules);
        this.bounds = Map.copyOf(bounds);
        this.fingerprint = fingerprint;
    }

    /** What values of a LOINC code a body can have, in this unit of UCUM. */
    record Bound(String unit, BigDecimal low, BigDecimal high) {}

    static RuleBook shipped() {
        byte[] ruleBytes = read("rules.json");
        byte[] boundBytes = read("bounds.json");
        List<Rule> rules = new ArrayList<>();
        JSON.readTree(ruleBytes).forEach(node -> rules.add(rule(node)));
        Map<String, Bound> bounds = new HashMap<>();
        for (JsonNode node : JSON.readTree(boundBytes)) {
            bounds.put(
                    node.path("loinc").asString(),
                    new Bound(
                            node.path("unit").asString(),
                            node.path("low").decimalValue(),
                            node.path("high").decimalValue()));
        }
        CRC32 checksum = new CRC32();
        checksum.update(ruleBytes);
        checksum.update(boundBytes);
        return new RuleBook(rules, bounds, Long.toHexString(checksum.getValue()));
    }

    private static byte[] read(String name) {
        try (InputStream in = RuleBook.class.getResourceAsStream("/allmende/quality/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Rule rule(JsonNode node) {
        Set<String> types = new HashSet<>();
        node.path("types").forEach(type -> types.add(type.asString()));
        return new Rule(
                node.path("id").asString(),
                Area.valueOf(node.path("area").asString().toUpperCase(Locale.ROOT)),
                Set.copyOf(types),
                path(node.path("violated").asString("")),
                node.path("check").asString(""),
                path(node.path("event").asString("")),
                path(node.path("recorded").asString("")),
                node.path("days").asInt(0),
                new Rule.Support(
                        node.path("times").asInt(0), node.path("percent").asInt(0)),
                node.path("en").asString(),
                node.path("de").asString());
    }

    private static @Nullable FhirPath path(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (FhirPath.read(text, VARIABLES)) {
            case FhirPath.Read.Compiled(FhirPath path) -> path;
            case FhirPath.Read.Refused(int position, String reason) ->
                throw new IllegalStateException("rule " + text + " at " + position + ": " + reason);
        };
    }

    List<Rule> rules() {
        return rules;
    }

    Optional<Rule> find(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    @Nullable
    Bound bound(String loinc) {
        return bounds.get(loinc);
    }

    /** Changes when the rules do: then all is checked again. */
    String fingerprint() {
        return fingerprint;
    }
}
