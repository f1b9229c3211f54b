package allmende.core.deident;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

/** Changes single values by the methods of rules, for one patient at a time. */
final class Values {

    private static final int POSTCODE = 5;

    private final Keys keys;
    private final Literals literals;
    private final RuleSet.Settings settings;
    private @Nullable String patient;
    private int days;

    Values(Keys keys, RuleSet.Settings settings) {
        this.keys = keys;
        this.settings = settings;
        this.literals = new Literals(keys, settings.hashDigits());
    }

    /** Whose the values are that come next; null for nobody's. */
    void ofPatient(@Nullable String next) {
        if (next == null || !next.equals(patient)) {
            days = 0;
        }
        patient = next;
    }

    @Nullable
    String patient() {
        return patient;
    }

    /** The hash of a resource's id. */
    String id(String id) {
        return keys.id(id, settings.hashDigits());
    }

    /**
     * What leaves of a value; null if nothing.
     *
     * @param contained hashed ids of the contained resources that leave
     */
    @Nullable
    JsonNode changed(Method method, Edge edge, JsonNode value, Set<String> contained) {
        if (!ValueTypes.isValid(edge.type(), value)) {
            return null;
        }
        return switch (method) {
            case Method.Keep() -> value;
            case Method.Remove(), Method.Redact(), Method.Replace _, Method.Pseudonymise _ -> null;
            case Method.Hash() -> text(hash(edge, value.stringValue(), contained));
            case Method.Coarsen(Method.Precision to, int earliest) -> text(coarse(edge, value, to, earliest));
            case Method.Digits(int digits) -> text(digits(value.stringValue(), digits));
            case Method.Shift(boolean keepTime) -> text(moved(edge, value.stringValue(), keepTime));
            case Method.Cap(BigDecimal above, BigDecimal to) ->
                value.decimalValue().compareTo(above) > 0 ? DecimalNode.valueOf(to) : value;
            case Method.Bin(BigDecimal width) -> DecimalNode.valueOf(binned(value.decimalValue(), width));
            case Method.Perturb noise ->
                DecimalNode.valueOf(keys.noisy(noise, value.decimalValue(), patient, edge.label()));
        };
    }

    private static @Nullable JsonNode text(@Nullable String text) {
        return text == null ? null : StringNode.valueOf(text);
    }

    private @Nullable String hash(Edge edge, String value, Set<String> contained) {
        if (edge.literal()) {
            return literals.rewrite(value, edge.label(), contained);
        }
        return edge.type().equals("id")
                ? keys.id(value, settings.hashDigits())
                : keys.value(value, settings.hashDigits());
    }

    private static @Nullable String coarse(Edge edge, JsonNode value, Method.Precision to, int earliest) {
        DateText date = DateText.parse(value.stringValue());
        if (date == null) {
            return null;
        }
        String coarse = date.coarse(to, earliest);
        return edge.type().equals("instant") ? DateText.instant(coarse) : coarse;
    }

    /** Postcodes of five digits, or what is left of one; others count differently and do not leave. */
    private static @Nullable String digits(String value, int digits) {
        boolean number = value.length() <= POSTCODE && value.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean postcode = number && (value.length() == POSTCODE || value.length() == digits);
        return postcode ? value.substring(0, digits) : null;
    }

    private @Nullable String moved(Edge edge, String value, boolean keepTime) {
        DateText date = DateText.parse(value);
        if (patient == null || date == null) {
            return null;
        }
        if (days == 0) {
            days = keys.days(patient, settings.shiftDays());
        }
        String moved = date.moved(days, keepTime);
        boolean cut = !keepTime && edge.type().equals("instant");
        return moved != null && cut ? DateText.instant(moved) : moved;
    }

    private static BigDecimal binned(BigDecimal value, BigDecimal width) {
        BigDecimal binned = value.divide(width, 0, RoundingMode.FLOOR).multiply(width);
        return binned.scale() < 0 ? binned.setScale(0) : binned;
    }
}
