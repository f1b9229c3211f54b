package allmende.core.fhir;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads FHIR Quantity and its kin (Age, Duration, SimpleQuantity, Money has no unit). */
public final class Quantities {

    /** URI of the Unified Code for Units of Measure. */
    public static final String UCUM = "http://unitsofmeasure.org";

    /** Decimal places, in either direction, beyond which a number is taken for damage: arithmetic on it would not end. */
    private static final int MAX_SCALE = 400;

    private Quantities() {}

    /** The quantity; null where the node is none or has no usable number. */
    public static @Nullable Quantity read(@Nullable JsonNode node) {
        if (node == null || !node.isObject()) {
            return null;
        }
        BigDecimal value = number(node.get("value"));
        return value == null ? null : new Quantity(value, text(node, "comparator"), unit(node));
    }

    /** A JSON number as it stands; null where the node is none, or its exponent is beyond all measure. */
    public static @Nullable BigDecimal number(@Nullable JsonNode node) {
        if (node == null || !node.isNumber()) {
            return null;
        }
        BigDecimal number = node.decimalValue();
        return Math.abs((long) number.scale()) > MAX_SCALE ? null : number;
    }

    private static @Nullable String unit(JsonNode quantity) {
        String code = text(quantity, "code");
        if (code != null && UCUM.equals(text(quantity, "system"))) {
            return code;
        }
        String unit = text(quantity, "unit");
        return unit != null ? unit : code;
    }

    private static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }
}
