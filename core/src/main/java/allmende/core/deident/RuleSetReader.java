package allmende.core.deident;

import allmende.core.cohort.Problem;
import allmende.core.deident.RuleSet.Settings;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a file of rules strictly: whatever is not understood is a problem, since it may have been meant to hold back. */
final class RuleSetReader {

    private static final int MAX_BYTES = 1 << 20;
    static final int MAX_RULES = 5000;
    static final int USUAL_DIGITS = 32;
    static final int MOST_DIGITS = 64;
    private static final int USUAL_DAYS = 50;
    private static final int MOST_DAYS = 3650;
    private static final Set<String> KEYS = Set.of("name", "why", "key", "hash", "shift", "security", "rules");

    private final List<Problem> problems = new ArrayList<>();

    private RuleSetReader() {}

    /** @param name of a file that does not name itself, where the form allows that */
    static RuleSetRead read(byte[] json, String name) {
        if (json.length > MAX_BYTES) {
            return refused("A file of rules has at most " + MAX_BYTES + " bytes.");
        }
        return switch (FhirJson.read(json)) {
            case JsonRead.Malformed malformed -> refused("This is no JSON: " + malformed + ".");
            case JsonRead.Parsed(JsonNode tree) ->
                !tree.isObject()
                        ? refused("This must be a JSON object.")
                        : PathRulesReader.isMeant(tree)
                                ? PathRulesReader.read((ObjectNode) tree, name)
                                : new RuleSetReader().read(tree);
        };
    }

    private static RuleSetRead refused(String message) {
        return new RuleSetRead.Refused(List.of(new Problem("", message)));
    }

    private RuleSetRead read(JsonNode file) {
        Entry top = new Entry(file, "", problems);
        top.onlyKeys(KEYS);
        String name = top.text("name", "");
        if (!isName(name)) {
            top.problem("name", "A rule set has a name of up to 64 letters, digits, dots, dashes or underscores.");
        }
        boolean throwAway = top.oneOf("key", "kept", "kept", "throw-away").equals("throw-away");
        Entry shift = top.object("shift", Set.of("days", "time"));
        Entry hash = top.object("hash", Set.of("digits"));
        Settings settings = new Settings(
                hash.whole("digits", USUAL_DIGITS, MOST_DIGITS, USUAL_DIGITS),
                shift.whole("days", 1, MOST_DAYS, USUAL_DAYS),
                security(top),
                throwAway);
        boolean keepTime = shift.oneOf("time", "keep", "keep", "drop").equals("keep");
        List<Rule> rules = rules(file, keepTime);
        if (!problems.isEmpty()) {
            return new RuleSetRead.Refused(problems);
        }
        Compiler compiler = new Compiler(rules);
        Graph graph = compiler.compile();
        problems.addAll(compiler.problems());
        return problems.isEmpty()
                ? new RuleSetRead.Compiled(new RuleSet(name, settings, rules, graph, file))
                : new RuleSetRead.Refused(problems);
    }

    static boolean isName(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }

    private static @Nullable ObjectNode security(Entry top) {
        if (!top.has("security")) {
            return null;
        }
        Entry coding = top.object("security", Set.of("system", "code"));
        ObjectNode security = JsonNodeFactory.instance.objectNode();
        security.put("system", coding.required("system"));
        security.put("code", coding.required("code"));
        return security;
    }

    private List<Rule> rules(JsonNode file, boolean keepTime) {
        JsonNode list = file.path("rules");
        List<Rule> rules = new ArrayList<>();
        Map<String, String> seen = new LinkedHashMap<>();
        if (!list.isArray() || list.isEmpty()) {
            problems.add(new Problem("/rules", "A rule set has a list of rules."));
            return rules;
        }
        for (int i = 0; i < list.size() && rules.size() <= MAX_RULES; i++) {
            Entry entry = new Entry(list.get(i), "/rules/" + i, problems);
            if (!list.get(i).isObject()) {
                entry.problem("A rule is a JSON object.");
                continue;
            }
            Method method = MethodReader.read(entry, keepTime);
            if (entry.text("why", "").isBlank()) {
                entry.problem("why", "Say why the rule is as it is, for those who decide about a release.");
            }
            for (Map.Entry<String, String> path : paths(entry).entrySet()) {
                rule(path.getKey(), path.getValue(), method, rules, seen);
            }
        }
        if (rules.size() > MAX_RULES) {
            problems.add(new Problem("/rules", "A rule set has at most " + MAX_RULES + " paths."));
        }
        return rules;
    }

    private void rule(String pointer, String text, Method method, List<Rule> rules, Map<String, String> seen) {
        String before = seen.putIfAbsent(text, pointer);
        if (before != null) {
            problems.add(new Problem(pointer, "The rule at " + before + " has the same path."));
            return;
        }
        try {
            RulePath path = PathReader.read(text);
            String root = path.root();
            if (path.length() == 0 && method instanceof Method.Keep && ValueTypes.isDelicate(root)) {
                problems.add(new Problem(
                        pointer,
                        "Elements of type " + root + " may hold anything; each that is to leave must be named."));
            }
            rules.add(new Rule(rules.size(), pointer, path, method));
        } catch (PathReader.Unfit unfit) {
            problems.add(new Problem(pointer, String.valueOf(unfit.getMessage())));
        }
    }

    /** Pointers and paths: one under {@code path}, or several under {@code paths}. */
    private static Map<String, String> paths(Entry entry) {
        Map<String, String> paths = new LinkedHashMap<>();
        JsonNode several = entry.node().path("paths");
        if (entry.has("path") == entry.has("paths")) {
            entry.problem("A rule has either a path or a list of paths.");
        } else if (entry.has("path")) {
            paths.put(entry.pointer() + "/path", entry.required("path"));
        } else if (!several.isArray() || several.isEmpty()) {
            entry.problem("paths", "This is a list of paths.");
        } else {
            for (int i = 0; i < several.size(); i++) {
                String pointer = entry.pointer() + "/paths/" + i;
                if (several.get(i).isString()) {
                    paths.put(pointer, several.get(i).stringValue());
                } else {
                    entry.problem("paths/" + i, "A path is a text.");
                }
            }
        }
        return paths;
    }
}
