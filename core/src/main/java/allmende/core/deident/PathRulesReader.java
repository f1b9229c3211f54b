package allmende.core.deident;

import allmende.core.cohort.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads files of rules in the form of FHIR pseudonymisers that are in use: {@code fhirPathRules}, of which the first that
 * means an element counts, and without which everything stays in the data. Here such a file narrows the shipped rules for
 * pseudonymised data: it can take away and change, and where it asks for more, less leaves and a note says so.
 */
final class PathRulesReader {

    /** Of files that do not name themselves. */
    static final String USUAL_NAME = "fhir-path-rules";

    private static final String RULES = "fhirPathRules";
    private static final String NARROWED = "kds-pseudonymised";
    private static final Set<String> KEYS =
            Set.of("name", "fhirVersion", "processingError", "processingErrors", RULES, "parameters");
    private static final List<String> SECRETS = List.of("dateShiftKey", "cryptoHashKey", "encryptKey");
    private static final List<String> PARTIAL =
            List.of("enablePartialAgesForRedact", "enablePartialDatesForRedact", "enablePartialZipCodesForRedact");
    private static final String SCOPE = "dateShiftScope";
    private static final String AREAS = "restrictedZipCodeTabulationAreas";
    private static final Pattern BY_TYPE = Pattern.compile("\\s*nodesByType\\(\\s*'([A-Za-z]+)'\\s*\\)(.*)");

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private final RuleSet narrowed = RuleSet.shipped(NARROWED);
    private final PathRuleMethods methods = new PathRuleMethods(notes);

    private PathRulesReader() {}

    static boolean isMeant(JsonNode file) {
        return file.has(RULES);
    }

    static RuleSetRead read(ObjectNode file, String name) {
        return new PathRulesReader().narrowing(file.deepCopy(), name);
    }

    private RuleSetRead narrowing(ObjectNode file, String otherName) {
        Entry top = new Entry(file, "", problems);
        top.onlyKeys(KEYS);
        String name = top.text("name", otherName);
        if (!RuleSetReader.isName(name)) {
            top.problem("name", "A rule set has a name of up to 64 letters, digits, dots, dashes or underscores.");
        }
        header(top);
        List<Rule> rules = new ArrayList<>(narrowed.rules());
        rules(file.path(RULES), rules);
        if (!problems.isEmpty()) {
            return new RuleSetRead.Refused(problems);
        }
        Compiler compiler = new Compiler(rules);
        Graph graph = compiler.compile();
        problems.addAll(compiler.problems());
        if (!problems.isEmpty()) {
            return new RuleSetRead.Refused(problems);
        }
        notes.addAll(compiler.notes());
        RuleSet.Settings usual = narrowed.settings();
        RuleSet.Settings settings =
                new RuleSet.Settings(methods.hashDigits(), usual.shiftDays(), usual.security(), usual.throwAwayKey());
        file.put("name", name);
        return new RuleSetRead.Compiled(
                new RuleSet(narrowed, settings, rules, graph, new RuleSet.Narrowing(name, file, notes)));
    }

    private void header(Entry top) {
        if (!top.text("fhirVersion", "R4").toUpperCase(Locale.ROOT).matches("|R4|4\\.0\\.1")) {
            top.problem("fhirVersion", "Rules are about FHIR R4.");
        }
        for (String key : List.of("processingError", "processingErrors")) {
            top.oneOf(key, "raise", "raise", "");
        }
        Set<String> known = new HashSet<>(SECRETS);
        known.addAll(PARTIAL);
        known.addAll(Set.of(SCOPE, AREAS));
        Entry parameters = top.object("parameters", known);
        for (String secret : SECRETS) {
            if (!parameters.text(secret, "").isEmpty()) {
                parameters.problem(
                        secret,
                        "Keys do not stand in files of rules. Take it out, and consider it known; hashes and moves of"
                                + " dates follow from the site's key vault.");
            }
        }
        for (String partial : PARTIAL) {
            if (parameters.node().path(partial).asBoolean(false)) {
                note(parameters, partial, "Redacted values stay away whole; a rule that generalises leaves a part.");
            }
        }
        if (parameters.has(SCOPE)) {
            note(
                    parameters,
                    SCOPE,
                    "Dates move by days that are the same for all of a patient, whatever is sent together.");
        }
    }

    private void note(Entry entry, String key, String message) {
        notes.add(new Problem(entry.pointer() + "/" + key, message));
    }

    private void rules(JsonNode list, List<Rule> rules) {
        if (!list.isArray() || list.isEmpty() || list.size() > RuleSetReader.MAX_RULES) {
            problems.add(new Problem(
                    "/" + RULES, "This is a list of rules, one to " + RuleSetReader.MAX_RULES + " of them."));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            Entry entry = new Entry(list.get(i), "/" + RULES + "/" + i, problems);
            if (!list.get(i).isObject()) {
                entry.problem("A rule is an object with path and method.");
                continue;
            }
            String text = entry.required("path");
            Method method = methods.read(entry, text);
            try {
                RulePath path = path(text, method);
                rules.add(new Rule(rules.size(), entry.pointer() + "/path", path, method, true));
            } catch (PathReader.Unfit unfit) {
                entry.problem("path", String.valueOf(unfit.getMessage()));
            }
        }
    }

    /** All elements of a type are written otherwise there; the rest of a path is the same. */
    private static RulePath path(String text, Method method) throws PathReader.Unfit {
        Matcher byType = BY_TYPE.matcher(text);
        String own = byType.matches() ? byType.group(1) + byType.group(2) : text;
        return method instanceof Method.Remove ? PathReader.readOfRemoval(own) : PathReader.read(own);
    }
}
