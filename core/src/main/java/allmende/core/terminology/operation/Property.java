package allmende.core.terminology.operation;

/**
 * A property of a concept.
 *
 * @param code name of the property in its code system
 * @param value as text; of a coding its code alone
 * @param system of a coding its system; empty otherwise
 * @param display of a coding its text; empty otherwise
 */
public record Property(String code, Type type, String value, String system, String display) {

    /** The FHIR types of property values; the name begins the element of the value, as in {@code valueCode}. */
    public enum Type {
        CODE("valueCode"),
        STRING("valueString"),
        CODING("valueCoding"),
        INTEGER("valueInteger"),
        BOOLEAN("valueBoolean"),
        DATE_TIME("valueDateTime"),
        DECIMAL("valueDecimal");

        private final String element;

        Type(String element) {
            this.element = element;
        }

        /** Name of the element that holds such a value. */
        public String element() {
            return element;
        }
    }

    /** A property whose value is a simple text. */
    public static Property of(String code, Type type, String value) {
        return new Property(code, type, value, "", "");
    }
}
