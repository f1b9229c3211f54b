package allmende.core.deident;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What values of the primitive types of FHIR R4 look like (HL7 FHIR R4, section 2.24.0.1). */
final class ValueTypes {

    private static final Set<String> TEXTS = Set.of("string", "id", "uri", "url", "oid", "uuid", "code");
    private static final Set<String> DATES = Set.of("date", "dateTime", "instant");
    private static final Set<String> NUMBERS = Set.of("decimal", "integer", "positiveInt", "unsignedInt");

    /** Types that may hold whatever a person wrote, point to it, or name somebody: a rule has to name them. */
    private static final Set<String> DELICATE = Set.of(
            "string",
            "markdown",
            "xhtml",
            "base64Binary",
            "Attachment",
            "Annotation",
            "HumanName",
            "Address",
            "ContactPoint",
            "Identifier",
            "Signature",
            "date",
            "dateTime",
            "instant");

    private static final int MAX_ID = 64;

    private ValueTypes() {}

    static boolean isText(String type) {
        return TEXTS.contains(type);
    }

    static boolean isDate(String type) {
        return DATES.contains(type);
    }

    static boolean isNumber(String type) {
        return NUMBERS.contains(type);
    }

    static boolean isDelicate(String type) {
        return DELICATE.contains(type);
    }

    /** Whether a value is one of its type. What is not never leaves, since it may be anything. */
    static boolean isValid(String type, JsonNode value) {
        return switch (type) {
            case "boolean" -> value.isBoolean();
            case "decimal" -> value.isNumber();
            case "integer", "positiveInt", "unsignedInt" -> value.isIntegralNumber();
            default -> value.isString() && isValidText(type, value.stringValue());
        };
    }

    private static boolean isValidText(String type, String text) {
        return switch (type) {
            case "string", "markdown", "xhtml", "base64Binary" -> true;
            case "code" -> isCode(text);
            case "id" -> isId(text);
            case "date", "dateTime", "instant" -> isDate(type, DateText.parse(text));
            case "time" -> DateText.isTimeOfDay(text);
            default -> hasNoSpace(text);
        };
    }

    private static boolean isDate(String type, @Nullable DateText date) {
        return date != null && (type.equals("dateTime") || date.hasTime() == type.equals("instant"));
    }

    private static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_ID) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean legal = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!legal && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNoSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** No space at the ends, and single spaces alone inside. */
    private static boolean isCode(String text) {
        boolean space = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c == ' ' && space)) {
                return false;
            }
            space = c == ' ';
        }
        return !space;
    }
}
