package allmende.core.deident;

import allmende.core.cohort.Problem;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The methods of {@code fhirPathRules} in ours; what has no counterpart is refused. */
final class PathRuleMethods {

    private static final Method NONE = new Method.Remove();
    private static final Pattern CUT =
            Pattern.compile("\\s*\\$this(?:\\.toString\\(\\))?\\.substring\\(\\s*0\\s*,\\s*([0-9])\\s*\\)\\s*");
    private static final Pattern REWRITTEN = Pattern.compile(
            "\\s*\\$this(?:\\.toString\\(\\))?\\.replaceMatches\\(\\s*'.*\\(\\?<year>.*\\(\\?<month>.*\\(\\?<day>.*'"
                    + "\\s*,\\s*'\\$\\{year}(-\\$\\{month})?'\\s*\\)\\s*");
    private static final int YEAR = 4;
    private static final int MONTH = 7;

    private final List<Problem> notes;
    private int digits;

    /** @param notes where to tell what happens otherwise than a file says, without more leaving */
    PathRuleMethods(List<Problem> notes) {
        this.notes = notes;
    }

    /** Digits of hashes that the rules read so far agree on. */
    int hashDigits() {
        return digits == 0 ? RuleSetReader.MOST_DIGITS : digits;
    }

    Method read(Entry rule, String path) {
        String name = rule.required("method");
        return switch (name) {
            case "redact", "remove" -> plain(rule, new Method.Remove());
            case "keep" -> plain(rule, new Method.Keep());
            case "cryptoHash" -> hash(rule);
            case "pseudonymize" -> pseudonymize(rule);
            case "dateShift", "dateshift" -> plain(rule, new Method.Shift(false));
            case "substitute" -> substitute(rule);
            case "perturb" -> perturb(rule);
            case "generalize" -> generalize(rule, path);
            case "encrypt" ->
                refused(
                        rule,
                        "method",
                        "Encrypted values are as long-lived as their key; here pseudonymize, which can be resolved"
                                + " by two people, or cryptoHash.");
            default ->
                refused(
                        rule,
                        "method",
                        "This must be one of redact, remove, keep, cryptoHash, pseudonymize, dateShift, substitute,"
                                + " perturb, generalize.");
        };
    }

    private static Method refused(Entry rule, String key, String message) {
        rule.problem(key, message);
        return NONE;
    }

    private static Method plain(Entry rule, Method method) {
        only(rule);
        return method;
    }

    private static void only(Entry rule, String... more) {
        Set<String> known = new HashSet<>(Set.of("path", "method"));
        known.addAll(List.of(more));
        rule.onlyKeys(known);
    }

    private Method hash(Entry rule) {
        String key = "truncateToMaxLength";
        only(rule, key);
        int wanted = rule.whole(key, RuleSetReader.USUAL_DIGITS, RuleSetReader.MOST_DIGITS, RuleSetReader.MOST_DIGITS);
        if (wanted % 2 != 0 || (digits != 0 && digits != wanted)) {
            return refused(rule, key, "Hashes of all rules have the same even number of digits.");
        }
        digits = wanted;
        return new Method.Hash();
    }

    private static Method pseudonymize(Entry rule) {
        only(rule, "domain", "namespace");
        if (rule.has("domain") == rule.has("namespace")) {
            return refused(rule, "domain", "Say the domain of the pseudonyms, as domain or as namespace.");
        }
        return MethodReader.pseudonymise(rule, rule.has("domain") ? "domain" : "namespace");
    }

    private static Method substitute(Entry rule) {
        only(rule, "replaceWith");
        JsonNode value = rule.node().path("replaceWith");
        return value.isString() || value.isNumber() || value.isBoolean() || value.isObject()
                ? new Method.Replace(value)
                : refused(rule, "replaceWith", "This is what leaves instead, a text, a number or an object.");
    }

    /** Noise is told by its span there, from half of it below to half of it above. */
    private Method perturb(Entry rule) {
        only(rule, "span", "rangeType", "roundTo");
        boolean percent =
                rule.oneOf("rangeType", "fixed", "fixed", "proportional").equals("proportional");
        BigDecimal span = rule.number("span");
        if (span == null || span.signum() <= 0) {
            return refused(rule, "span", "This must be a number above 0.");
        }
        if (rule.has("roundTo")) {
            notes.add(new Problem(rule.pointer() + "/roundTo", "A number with noise has as many decimals as before."));
        }
        BigDecimal half = span.divide(BigDecimal.TWO);
        return new Method.Perturb(percent ? half.movePointRight(2) : half, percent);
    }

    private static Method generalize(Entry rule, String path) {
        only(rule, "cases", "otherValues");
        if (!rule.text("otherValues", "redact").equals("redact")) {
            return refused(rule, "otherValues", "What no case is made for does not leave: redact.");
        }
        JsonNode cases = cases(rule.node().path("cases"));
        if (cases.size() == 1) {
            Map.Entry<String, JsonNode> only = cases.properties().iterator().next();
            Method method = only.getKey().strip().equals("$this")
                    ? coarse(only.getValue().stringValue(""), path.strip().endsWith("postalCode"))
                    : null;
            if (method != null) {
                return method;
            }
        }
        return refused(
                rule,
                "cases",
                "Of cases one is understood, {\"$this\": …}, with $this.toString().substring(0, n): n digits of a"
                        + " postcode (1 to 4), 4 for the year or 7 for the month of a date; or replaceMatches to"
                        + " '${year}-${month}'.");
    }

    /** Cases are an object, or the text of one. */
    private static JsonNode cases(JsonNode written) {
        if (!written.isString()) {
            return written;
        }
        return switch (FhirJson.read(written.stringValue().getBytes(StandardCharsets.UTF_8))) {
            case JsonRead.Parsed(JsonNode tree) -> tree;
            case JsonRead.Malformed _ -> MissingNode.getInstance();
        };
    }

    private static @Nullable Method coarse(String expression, boolean postcode) {
        Matcher cut = CUT.matcher(expression);
        if (cut.matches()) {
            int length = Integer.parseInt(cut.group(1));
            if (postcode) {
                return length >= 1 && length <= YEAR ? new Method.Digits(length) : null;
            }
            return switch (length) {
                case YEAR -> new Method.Coarsen(Method.Precision.YEAR, 0);
                case MONTH -> new Method.Coarsen(Method.Precision.MONTH, 0);
                default -> null;
            };
        }
        Matcher rewritten = REWRITTEN.matcher(expression);
        return rewritten.matches()
                ? new Method.Coarsen(rewritten.group(1) == null ? Method.Precision.YEAR : Method.Precision.MONTH, 0)
                : null;
    }
}
