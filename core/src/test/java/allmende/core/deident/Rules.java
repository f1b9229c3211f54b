package allmende.core.deident;

import allmende.core.cohort.Problem;
import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Short ways to rule sets and resources. Quotes are written as apostrophes are not: with a back tick. */
final class Rules {

    static final ProjectKey KEY = key(1);

    private Rules() {}

    static ProjectKey key(int number) {
        byte[] secret = new byte[ProjectKey.LENGTH];
        Arrays.fill(secret, (byte) number);
        return ProjectKey.of(secret);
    }

    /** A rule set; each rule as {@code path | method | "key": value, …}. */
    static byte[] file(String... rules) {
        return withSettings("", rules);
    }

    static byte[] withSettings(String settings, String... rules) {
        String list = Arrays.stream(rules)
                .map(rule -> rule.split("\\|", -1))
                .map(rule -> "{\"path\": \"" + rule[0].strip() + "\", \"method\": \"" + rule[1].strip() + "\""
                        + (rule.length > 2 ? ", " + rule[2] : "") + ", \"why\": \"test\"}")
                .collect(Collectors.joining(","));
        return ("{\"name\": \"test\", " + settings + "\"rules\": [" + list + "]}").getBytes(StandardCharsets.UTF_8);
    }

    static RuleSet of(String... rules) {
        return compiled(file(rules));
    }

    static RuleSet compiled(byte[] file) {
        return switch (RuleSet.read(file)) {
            case RuleSetRead.Compiled(RuleSet set) -> set;
            case RuleSetRead.Refused(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    static List<Problem> problems(byte[] file) {
        return switch (RuleSet.read(file)) {
            case RuleSetRead.Compiled _ -> List.of();
            case RuleSetRead.Refused(List<Problem> problems) -> problems;
        };
    }

    static ObjectNode json(String text) {
        return (ObjectNode) FhirJson.parse(text.replace('`', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** What leaves of one resource, as text; empty if nothing does. */
    static String left(RuleSet rules, String resource) {
        return left(rules, KEY, null, resource);
    }

    static String left(RuleSet rules, ProjectKey key, @Nullable String patient, String resource) {
        return new Deidentifier(rules, key, numbered())
                .apply(patient, List.of(json(resource))).stream()
                        .map(ObjectNode::toString)
                        .map(text -> text.replace('"', '`'))
                        .collect(Collectors.joining());
    }

    /** Pseudonyms {@code domain-1}, {@code domain-2}, … in the order of asking. */
    static PseudonymSource numbered() {
        Map<String, String> given = new HashMap<>();
        return (domain, originals) -> Set.copyOf(originals).stream()
                .collect(Collectors.toMap(
                        original -> original,
                        original -> given.computeIfAbsent(
                                domain + "\n" + original, _ -> domain + "-" + (given.size() + 1))));
    }
}
