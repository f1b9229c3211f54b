package allmende.core.deident;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a rule does. */
final class MethodReader {

    private static final Set<String> ALWAYS = Set.of("path", "paths", "method", "why");
    private static final Method NONE = new Method.Remove();
    private static final int EARLIEST_YEAR = 1800;
    private static final int LATEST_YEAR = 2200;

    private final Entry rule;

    private MethodReader(Entry rule) {
        this.rule = rule;
    }

    /**
     * Reads the method of a rule; what can't be read is complained about.
     *
     * @param keepTime whether shifted dates keep their time of day unless the rule says otherwise
     */
    static Method read(Entry rule, boolean keepTime) {
        return new MethodReader(rule).read(keepTime);
    }

    private Method read(boolean keepTime) {
        String name = rule.required("method");
        return switch (name) {
            case "keep" -> plain(new Method.Keep());
            case "remove" -> plain(new Method.Remove());
            case "redact" -> plain(new Method.Redact());
            case "hash" -> plain(new Method.Hash());
            case "replace" -> replace();
            case "pseudonymise" -> pseudonymise();
            case "generalise" -> generalise();
            case "perturb" -> perturb();
            case "shift" -> {
                only("time");
                String usual = keepTime ? "keep" : "drop";
                yield new Method.Shift(rule.oneOf("time", usual, "keep", "drop").equals("keep"));
            }
            default -> {
                rule.problem(
                        "method",
                        "This must be one of keep, remove, redact, replace, pseudonymise, hash, generalise,"
                                + " shift, perturb.");
                yield NONE;
            }
        };
    }

    private Method plain(Method method) {
        only();
        return method;
    }

    private void only(String... keys) {
        Set<String> known = new HashSet<>(ALWAYS);
        known.addAll(List.of(keys));
        rule.onlyKeys(known);
    }

    private Method replace() {
        only("value");
        JsonNode value = rule.node().get("value");
        if (value == null || value.isNull() || value.isArray()) {
            rule.problem("value", "This is what leaves instead, a text, a number or a JSON object.");
            return NONE;
        }
        return new Method.Replace(value);
    }

    private Method pseudonymise() {
        only("domain");
        return pseudonymise(rule, "domain");
    }

    /** Reads the domain of pseudonyms under a key. */
    static Method pseudonymise(Entry rule, String key) {
        String domain = rule.required(key);
        if (!domain.matches("[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")) {
            rule.problem(key, "A domain has a name of up to 200 letters, digits, dots, dashes, colons or slashes.");
        }
        return new Method.Pseudonymise(domain);
    }

    private Method generalise() {
        if (rule.has("digits")) {
            only("digits");
            return new Method.Digits(rule.whole("digits", 1, 4, 1));
        }
        if (rule.has("width")) {
            only("width");
            return new Method.Bin(positive("width"));
        }
        if (rule.has("above")) {
            only("above", "to");
            BigDecimal above = positive("above");
            return new Method.Cap(above, rule.has("to") ? positive("to") : above.add(BigDecimal.ONE));
        }
        only("to", "earliest");
        Method.Precision to = Method.Precision.of(rule.text("to", ""));
        if (to == null) {
            rule.problem(
                    "to",
                    "Say how coarse: to month, quarter or year for dates; digits for postcodes; above or width for"
                            + " numbers.");
            return NONE;
        }
        return new Method.Coarsen(to, rule.whole("earliest", EARLIEST_YEAR, LATEST_YEAR, 0));
    }

    private Method perturb() {
        only("by", "percent");
        if (rule.has("by") == rule.has("percent")) {
            rule.problem("Say how much noise, either by so much or by so many percent.");
            return NONE;
        }
        return rule.has("by")
                ? new Method.Perturb(positive("by"), false)
                : new Method.Perturb(positive("percent"), true);
    }

    private BigDecimal positive(String key) {
        @Nullable BigDecimal number = rule.number(key);
        if (number == null || number.signum() <= 0) {
            rule.problem(key, "This must be a number above 0.");
            return BigDecimal.ONE;
        }
        return number;
    }
}
