package allmende.core.delivery;

import allmende.core.extraction.GroupNames;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of columns and tables: lower case with underscores, so that databases take them unquoted. */
final class ColumnNames {

    private static final Pattern HUMPS = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern EDGES = Pattern.compile("^_+|_+$");

    private ColumnNames() {}

    /** {@code recordedDate} as {@code recorded_date}, {@code icd10-gm} as {@code icd10_gm}. */
    static String of(String element) {
        String slug = GroupNames.slug(HUMPS.matcher(element).replaceAll("$1_$2"));
        return EDGES.matcher(slug).replaceAll("");
    }

    /** Two names as one; either may be empty. */
    static String join(String left, String right) {
        return left.isEmpty() || right.isEmpty() ? left + right : left + "_" + right;
    }

    /** How a choice's type is named: short where the type's name is long. */
    static String type(String type) {
        return switch (type) {
            case "CodeableConcept" -> "concept";
            default -> type.toLowerCase(Locale.ROOT);
        };
    }

    /** The name, or with the first number that makes it one of its own; begins with a letter. */
    static String free(String wanted, Collection<String> taken) {
        String name = wanted.isEmpty() || !Character.isLetter(wanted.charAt(0)) ? "x_" + wanted : wanted;
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
