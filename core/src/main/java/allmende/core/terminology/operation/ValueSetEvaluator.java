package allmende.core.terminology.operation;

import allmende.core.terminology.Terminology;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the codes that value sets stand for. One evaluation; not thread-safe. */
public final class ValueSetEvaluator {

    /** SNOMED CT. */
    public static final String SNOMED = "http://snomed.info/sct";

    /** LOINC. */
    public static final String LOINC = "http://loinc.org";

    private static final String LOINC_SETS = "http://loinc.org/vs";

    /** How deep value sets may refer to one another, and how many may take part in one. */
    private static final int DEPTH_MAX = 20;

    private static final int SETS_MAX = 500;

    private final TerminologySource source;
    private final Map<String, String> versions;
    private final Deque<String> path = new ArrayDeque<>();
    private int sets;

    /** @param versions per code system the version to take where a rule names none */
    public ValueSetEvaluator(TerminologySource source, Map<String, String> versions) {
        this.source = source;
        this.versions = Map.copyOf(versions);
    }

    /**
     * The codes of a value set by its canonical URL; empty where it is not here and is no implicit one of a code system.
     */
    public Optional<CodeSet> evaluate(String canonical) {
        Optional<JsonNode> defined = source.valueSet(canonical);
        if (defined.isPresent()) {
            return Optional.of(within(canonical, defined.get()));
        }
        return implicit(canonical).map(compose -> evaluate(compose));
    }

    /** The codes of a ValueSet resource. */
    public CodeSet evaluate(JsonNode valueSet) {
        String url = valueSet.path("url").asString("");
        String version = valueSet.path("version").asString("");
        return within(version.isEmpty() ? url : url + "|" + version, valueSet);
    }

    private CodeSet within(String canonical, JsonNode valueSet) {
        if (!canonical.isEmpty() && path.contains(canonical)) {
            return gap(Gap.Kind.INVALID, "The value set " + canonical + " refers to itself.");
        }
        if (path.size() >= DEPTH_MAX || ++sets > SETS_MAX) {
            return gap(Gap.Kind.TOO_COSTLY, "The value set refers to too many others.");
        }
        path.push(canonical);
        CodeSet codes = evaluate(Compose.read(valueSet));
        path.pop();
        return codes;
    }

    private CodeSet evaluate(Compose compose) {
        CodeSet all = new CodeSet();
        compose.includes().forEach(rule -> all.addAll(evaluate(rule)));
        compose.excludes().forEach(rule -> all.removeAll(evaluate(rule)));
        if (!compose.inactive()) {
            all.keepActive();
        }
        return all;
    }

    private CodeSet evaluate(Compose.Rule rule) {
        CodeSet found = rule.system() == null ? null : bySystem(rule, rule.system());
        for (String canonical : rule.valueSets()) {
            CodeSet named = evaluate(canonical)
                    .orElseGet(() -> gap(Gap.Kind.VALUE_SET, "The value set " + canonical + " is not installed."));
            if (found == null) {
                found = named;
            } else {
                found.retainAll(named);
            }
        }
        return found == null ? new CodeSet() : found;
    }

    private CodeSet bySystem(Compose.Rule rule, String uri) {
        String system = Terminology.canonical(uri);
        String version = rule.version() == null ? versions.get(system) : rule.version();
        String stated = version == null ? "" : version;
        CodeSet found = new CodeSet();
        switch (source.system(system, version)) {
            case TerminologySource.Found.Here(ConceptTable table) -> here(rule, table, found);
            case TerminologySource.Found.OtherVersion(List<String> others) -> {
                if (rule.concepts().isEmpty()) {
                    found.gap(new Gap(
                            system,
                            Gap.Kind.VERSION,
                            "Version " + stated + " of the code system " + system + " is not installed; installed: "
                                    + String.join(", ", others) + "."));
                } else {
                    list(rule, found.part(system, stated, null));
                }
            }
            case TerminologySource.Found.Absent() -> absent(rule, found.part(system, stated, null), found);
        }
        return found;
    }

    private static void absent(Compose.Rule rule, CodeSetPart part, CodeSet found) {
        if (!rule.concepts().isEmpty()) {
            list(rule, part);
        } else if (rule.filters().isEmpty()) {
            part.makeWhole();
        } else {
            found.gap(
                    new Gap(part.system(), Gap.Kind.SYSTEM, "The code system " + part.system() + " is not installed."));
        }
    }

    private static void here(Compose.Rule rule, ConceptTable table, CodeSet found) {
        CodeSetPart part = found.part(table.facts().url(), table.facts().version(), table);
        if (!rule.concepts().isEmpty()) {
            list(rule, part);
            return;
        }
        switch (new Filters(table).all(rule.filters())) {
            case Filters.Result.Concepts(var concepts) -> part.addAll(concepts);
            case Filters.Result.Not(Gap.Kind kind, String reason) -> found.gap(new Gap(part.system(), kind, reason));
        }
        if (!table.facts().complete()) {
            found.gap(new Gap(
                    part.system(),
                    Gap.Kind.SYSTEM,
                    "Only a part of the code system " + table.facts().canonical() + " is installed."));
        }
    }

    private static void list(Compose.Rule rule, CodeSetPart part) {
        rule.concepts().forEach(each -> part.add(each.code(), each.display()));
    }

    private static CodeSet gap(Gap.Kind kind, String reason) {
        CodeSet nothing = new CodeSet();
        nothing.gap(new Gap("", kind, reason));
        return nothing;
    }

    /** Value sets that no one writes down, since their URLs say what they are. */
    private Optional<Compose> implicit(String canonical) {
        if (canonical.startsWith(SNOMED)) {
            return snomed(canonical);
        }
        if (canonical.equals(LOINC_SETS)) {
            return Optional.of(Compose.of(Compose.Rule.whole(LOINC, null)));
        }
        if (canonical.startsWith(LOINC_SETS + "/")) {
            String part = canonical.substring(LOINC_SETS.length() + 1);
            return Optional.of(Compose.of(Compose.Rule.filtered(
                    LOINC,
                    null,
                    part.startsWith("LL")
                            ? new Compose.Filter("LIST", "=", part)
                            : new Compose.Filter("ancestor", "=", part))));
        }
        return source.systemOfValueSet(canonical)
                .map(table -> Compose.of(Compose.Rule.whole(
                        table.facts().url(), emptyToNull(table.facts().version()))));
    }

    private static Optional<Compose> snomed(String canonical) {
        int mark = canonical.indexOf("?fhir_vs");
        if (mark < 0) {
            return Optional.empty();
        }
        String edition = canonical.substring(0, mark);
        String version = edition.equals(SNOMED) ? null : edition;
        String rest = canonical.substring(mark + "?fhir_vs".length());
        if (rest.isEmpty()) {
            return Optional.of(Compose.of(Compose.Rule.whole(SNOMED, version)));
        }
        Compose.Filter filter;
        if (rest.startsWith("=isa/")) {
            filter = new Compose.Filter("concept", "is-a", rest.substring("=isa/".length()));
        } else if (rest.startsWith("=ecl/")) {
            filter = new Compose.Filter("constraint", "=", decoded(rest.substring("=ecl/".length())));
        } else {
            return Optional.empty();
        }
        return Optional.of(Compose.of(Compose.Rule.filtered(SNOMED, version, filter)));
    }

    /** Percent escapes resolved; a malformed one stays as it is. */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '%' && at + 2 < text.length() && hex(text, at + 1) >= 0 && hex(text, at + 2) >= 0) {
                bytes.write(hex(text, at + 1) * 16 + hex(text, at + 2));
                at += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        return Character.digit(text.charAt(at), 16);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
