package allmende.core.path;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One item of a collection that a FHIRPath expression finds: an element of a resource, or a value worked out. */
public sealed interface Item {

    /**
     * An element of a resource.
     *
     * @param json as it stands there; JSON null for a primitive element that has extensions only
     * @param type the FHIR type where it is known, from a choice ({@code valueQuantity}) or from the element's name
     * @param beside what stands beside a primitive element ({@code _birthDate}): its id and extensions
     */
    record Element(
            JsonNode json, @Nullable String type, @Nullable JsonNode beside) implements Item {

        /** A resource, or something in it without a known type. */
        public static Element of(JsonNode json) {
            return new Element(json, null, null);
        }

        @Override
        public Item value() {
            return switch (json.getNodeType()) {
                case BOOLEAN -> new Truth(json.booleanValue());
                case NUMBER -> new Numeric(json.decimalValue(), isWhole());
                case STRING -> text(json.stringValue());
                default -> this;
            };
        }

        private boolean isWhole() {
            return type == null ? json.isIntegralNumber() : TypeNames.isWhole(type);
        }

        private Item text(String text) {
            if (type != null && TypeNames.isMoment(type)) {
                Moment moment = Moment.of(type, text).orElse(null);
                return moment == null ? new Text(text) : new When(moment);
            }
            return new Text(text);
        }

        /** Whether it is an object, and no primitive. */
        public boolean isComplex() {
            return json.isObject();
        }
    }

    /** A text. */
    record Text(String text) implements Item {}

    /**
     * A number.
     *
     * @param number with the precision in which it was written
     * @param whole an integer and no decimal
     */
    record Numeric(BigDecimal number, boolean whole) implements Item {}

    /** True or false. */
    record Truth(boolean truth) implements Item {}

    /** A date, a date and time, or a time of day. */
    record When(Moment moment) implements Item {}

    /** A primitive element as the value that it holds; all others as they are. */
    default Item value() {
        return this;
    }
}
