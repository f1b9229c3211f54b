package allmende.core.explain;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the catalogue's paths as CQL. */
final class CqlPaths {

    /** A choice of types as the catalogue writes it: the element, then the type. */
    private static final Pattern CHOICE =
            Pattern.compile("(value|effective|performed|onset|collected|medication|occurrence|deceased)"
                    + "(DateTime|Instant|Period|Timing|Quantity|CodeableConcept|Integer|Reference|String|Boolean)");

    /** A dot outside of brackets. */
    private static final Pattern STEP = Pattern.compile("\\.(?![^(]*\\))");

    private static final Pattern BREAK = Pattern.compile("\\R");

    private static final Set<String> PRIMITIVE = Set.of("DateTime", "Instant", "Integer", "String", "Boolean");

    private CqlPaths() {}

    /**
     * {@code (R.effective as FHIR.dateTime)} for {@code effectiveDateTime}.
     *
     * @param alias what the path starts from, with its dot; empty for the elements of the result itself
     */
    static String of(String alias, String path) {
        StringBuilder cql = new StringBuilder(alias);
        String dot = "";
        for (String step : STEP.split(path)) {
            Matcher choice = CHOICE.matcher(step);
            if (choice.matches()) {
                cql.insert(0, '(').append(dot).append(choice.group(1));
                cql.append(" as FHIR.").append(type(choice.group(2))).append(')');
            } else {
                cql.append(dot).append(step);
            }
            dot = ".";
        }
        return cql.toString();
    }

    private static String type(String name) {
        return PRIMITIVE.contains(name) ? name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) : name;
    }

    static boolean isPeriod(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith("period") || path.endsWith("Timing");
    }

    /** A comment that stays on its line. */
    static String comment(String text) {
        return "// " + BREAK.matcher(text).replaceAll(" ");
    }

    static String text(String text) {
        return "'" + BREAK.matcher(text).replaceAll(" ").replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    static String name(String name) {
        return "\"" + BREAK.matcher(name).replaceAll(" ").replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
