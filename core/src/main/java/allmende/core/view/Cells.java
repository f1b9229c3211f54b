package allmende.core.view;

import allmende.core.path.Item;
import allmende.core.path.Moment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a cell: a text, a boolean, a long, a decimal, a list of them, or null. */
final class Cells {

    private Cells() {}

    static @Nullable Object one(List<Item> items, Column column) {
        if (items.size() > 1) {
            throw new ViewFault(
                    "The column " + column.name(),
                    "several values were found, but the view does not say that it is a collection");
        }
        return items.isEmpty() ? null : value(items.getFirst(), column);
    }

    static List<Object> all(List<Item> items, Column column) {
        List<Object> values = new ArrayList<>(items.size());
        for (Item item : items) {
            Object value = value(item, column);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static @Nullable Object value(Item item, Column column) {
        return switch (item.value()) {
            case Item.Text(String text) -> text;
            case Item.Truth(boolean truth) -> truth;
            case Item.When(Moment moment) -> moment.text();
            case Item.Numeric(BigDecimal number, boolean whole) -> whole ? whole(number) : number;
            case Item.Element element -> {
                if (element.isComplex()) {
                    throw new ViewFault(
                            "The column " + column.name(), "its path finds an object, but a cell holds a simple value");
                }
                yield null;
            }
        };
    }

    private static Object whole(BigDecimal number) {
        return number.precision() - number.scale() <= MAX_LONG_DIGITS ? (Object) number.longValueExact() : number;
    }

    private static final int MAX_LONG_DIGITS = 18;
}
