package allmende.core.path;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of types, and what the name of an element tells about its type in FHIR R4. */
final class TypeNames {

    private static final Set<String> TEXTS =
            Set.of("string", "code", "id", "markdown", "uri", "url", "canonical", "oid", "uuid", "base64Binary");
    private static final Set<String> WHOLE_NUMBERS = Set.of("integer", "positiveInt", "unsignedInt", "integer64");

    /** Elements that have one type of date or time wherever they occur (HL7 FHIR R4). */
    private static final Map<String, String> BY_ELEMENT = Map.ofEntries(
            Map.entry("birthDate", "date"),
            Map.entry("approvalDate", "date"),
            Map.entry("lastReviewDate", "date"),
            Map.entry("expirationDate", "date"),
            Map.entry("paymentDate", "date"),
            Map.entry("statusDate", "date"),
            Map.entry("lastUpdated", "instant"),
            Map.entry("issued", "instant"),
            Map.entry("authoredOn", "dateTime"),
            Map.entry("recordedDate", "dateTime"),
            Map.entry("dateAsserted", "dateTime"),
            Map.entry("assertedDate", "dateTime"),
            Map.entry("dateWritten", "dateTime"),
            Map.entry("receivedTime", "dateTime"),
            Map.entry("whenPrepared", "dateTime"),
            Map.entry("whenHandedOver", "dateTime"),
            Map.entry("end", "dateTime"));

    private TypeNames() {}

    /** {@code FHIR.Quantity} as {@code Quantity}, {@code System.String} as {@code string}. */
    static Optional<String> qualified(String namespace, String name) {
        return switch (namespace) {
            case "FHIR" -> Optional.of(name);
            case "System" -> Optional.of(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
            default -> Optional.empty();
        };
    }

    /** The type of an element of this name, where the name alone tells it. */
    static @Nullable String ofElement(String name) {
        return BY_ELEMENT.get(name);
    }

    /** Whether a path may name this type: a data type or, capitalised, a resource. */
    static boolean isKnown(String type) {
        return ChoiceTypes.isDataType(type)
                || type.equals("integer64")
                || (!type.isEmpty()
                        && Character.isUpperCase(type.charAt(0))
                        && type.chars().allMatch(Character::isLetter));
    }

    static boolean isPrimitive(String type) {
        return !type.isEmpty() && Character.isLowerCase(type.charAt(0));
    }

    static boolean isText(String type) {
        return TEXTS.contains(type);
    }

    static boolean isWhole(String type) {
        return WHOLE_NUMBERS.contains(type);
    }

    static boolean isMoment(String type) {
        return type.equals("date") || type.equals("dateTime") || type.equals("instant") || type.equals("time");
    }

    /** Whether something of type {@code actual} is a {@code wanted}: the same, or derived from it (FHIR R4, 2.24). */
    static boolean is(String actual, String wanted) {
        return actual.equals(wanted)
                || switch (wanted) {
                    case "string" -> Set.of("code", "id", "markdown").contains(actual);
                    case "uri" -> Set.of("url", "canonical", "oid", "uuid").contains(actual);
                    case "integer" -> Set.of("positiveInt", "unsignedInt").contains(actual);
                    case "Quantity" ->
                        Set.of("Age", "Count", "Distance", "Duration").contains(actual);
                    default -> false;
                };
    }
}
