package allmende.engine.search;

import allmende.core.fhir.Quantities;
import allmende.core.path.Item;
import allmende.core.terminology.CanonicalUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Numbers and quantities as spans. A quantity is found by its number alone, by number and unit as written, by number and
 * code of its system, and, where the unit is one of UCUM, by the number in the base units that it is made of: so
 * {@code 1 g/L} and {@code 100 mg/dL} are equal.
 */
final class Amounts {

    private static final long LOWEST = NumericUtils.doubleToSortableLong(Double.NEGATIVE_INFINITY);
    private static final long HIGHEST = NumericUtils.doubleToSortableLong(Double.POSITIVE_INFINITY);

    private Amounts() {}

    /** The key of numbers whatever their unit. */
    static final long ANY_UNIT = 0;

    /** The key of a unit or code as it is written, whatever its system. */
    static long written(String unit) {
        return Hash.of("u" + unit);
    }

    /** The key of a code in a system that is not UCUM. */
    static long coded(String system, String code) {
        return Hash.of("s" + system + "|" + code);
    }

    /** The key of what a UCUM unit measures. */
    static long measured(CanonicalUnit unit) {
        return Hash.of("d" + unit.dimension());
    }

    /** A number as it is kept. */
    static long sortable(double number) {
        return NumericUtils.doubleToSortableLong(number);
    }

    /** The spans of an item, by key. */
    static List<Span> of(Item item) {
        List<Span> spans = new ArrayList<>(4);
        switch (item) {
            case Item.Element(JsonNode json, var _, var _) -> add(json, spans);
            case Item.Numeric(BigDecimal number, var _) -> spans.add(exact(ANY_UNIT, number));
            case Item.Text _, Item.Truth _, Item.When _ -> {}
        }
        return spans;
    }

    private static Span exact(long key, BigDecimal number) {
        long value = sortable(number.doubleValue());
        return new Span(key, value, value);
    }

    private static void add(JsonNode json, List<Span> spans) {
        if (json.isNumber()) {
            BigDecimal number = Quantities.number(json);
            if (number != null) {
                spans.add(exact(ANY_UNIT, number));
            }
        } else if (json.has("low") || json.has("high")) {
            addRange(json, spans);
        } else if (json.isObject()) {
            BigDecimal value = Quantities.number(json.get("value"));
            if (value != null) {
                String comparator = json.path("comparator").stringValue("");
                addSpans(json, isBelow(comparator) ? null : value, isAbove(comparator) ? null : value, spans);
            }
        }
    }

    private static boolean isBelow(String comparator) {
        return comparator.startsWith("<");
    }

    private static boolean isAbove(String comparator) {
        return comparator.startsWith(">");
    }

    private static void addRange(JsonNode range, List<Span> spans) {
        BigDecimal low = Quantities.number(range.path("low").get("value"));
        BigDecimal high = Quantities.number(range.path("high").get("value"));
        if (low != null || high != null) {
            addSpans(low == null ? range.path("high") : range.path("low"), low, high, spans);
        }
    }

    private static void addSpans(JsonNode unit, @Nullable BigDecimal low, @Nullable BigDecimal high, List<Span> spans) {
        String system = unit.path("system").stringValue("");
        String code = unit.path("code").stringValue("");
        String text = unit.path("unit").stringValue("");
        String currency = unit.path("currency").stringValue("");
        long first = low == null ? LOWEST : sortable(low.doubleValue());
        long last = high == null ? HIGHEST : sortable(high.doubleValue());
        spans.add(new Span(ANY_UNIT, first, last));
        for (String name : List.of(code, text.equals(code) ? "" : text, currency)) {
            if (!name.isEmpty()) {
                spans.add(new Span(written(name), first, last));
            }
        }
        CanonicalUnit ucum = system.equals(Quantities.UCUM) ? CanonicalUnit.of(code) : null;
        if (ucum != null) {
            spans.add(new Span(
                    measured(ucum),
                    low == null ? LOWEST : sortable(ucum.canonical(low)),
                    high == null ? HIGHEST : sortable(ucum.canonical(high))));
        } else if (!system.isEmpty() && !code.isEmpty()) {
            spans.add(new Span(coded(system, code), first, last));
        }
    }
}
