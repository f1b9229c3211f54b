package allmende.core.path;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What collections and their items mean as truths, numbers and texts (FHIRPath 2.0, sections 4.5, 6.1 and 6.2). */
final class Items {

    private Items() {}

    static List<Item> truth(boolean truth) {
        return List.of(new Item.Truth(truth));
    }

    static List<Item> truth(@Nullable Boolean truth) {
        return truth == null ? List.of() : truth(truth.booleanValue());
    }

    static List<Item> text(String text) {
        return List.of(new Item.Text(text));
    }

    static List<Item> whole(long number) {
        return List.of(new Item.Numeric(BigDecimal.valueOf(number), true));
    }

    /**
     * The only item; null if there is none.
     *
     * @throws PathFault if there are several
     */
    static @Nullable Item single(List<Item> items, int position) {
        if (items.size() > 1) {
            throw new PathFault(position, "one element is needed here, but several were found");
        }
        return items.isEmpty() ? null : items.getFirst();
    }

    /** As {@link #single}, as the value that it holds. */
    static @Nullable Item value(List<Item> items, int position) {
        Item item = single(items, position);
        return item == null ? null : item.value();
    }

    /** As a condition: nothing is unknown (null), one item that is no boolean counts as true. */
    static @Nullable Boolean condition(List<Item> items, int position) {
        Item value = value(items, position);
        return value == null ? null : !(value instanceof Item.Truth(boolean truth)) || truth;
    }

    /** A text; null if there is none. */
    static @Nullable String text(List<Item> items, int position) {
        return switch (value(items, position)) {
            case null -> null;
            case Item.Text(String text) -> text;
            case Item.When(Moment moment) -> moment.text();
            case Item.Numeric _, Item.Truth _, Item.Element _ -> throw new PathFault(position, "a text is needed here");
        };
    }

    /** A number; null if there is none. */
    static Item.@Nullable Numeric number(List<Item> items, int position) {
        return switch (value(items, position)) {
            case null -> null;
            case Item.Numeric number -> number;
            case Item.Text _, Item.When _, Item.Truth _, Item.Element _ ->
                throw new PathFault(position, "a number is needed here");
        };
    }

    /** An integer; null if there is none. */
    static @Nullable Integer integer(List<Item> items, int position) {
        Item.Numeric number = number(items, position);
        if (number == null) {
            return null;
        }
        try {
            return number.number().intValueExact();
        } catch (ArithmeticException fraction) {
            throw new PathFault(position, "an integer is needed here");
        }
    }

    /** {@code =} of two collections; null where it can't be decided. */
    static @Nullable Boolean equal(List<Item> left, List<Item> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return null;
        }
        if (left.size() != right.size()) {
            return false;
        }
        boolean unknown = false;
        for (int i = 0; i < left.size(); i++) {
            Boolean same = equal(left.get(i), right.get(i));
            if (same != null && !same) {
                return false;
            }
            unknown |= same == null;
        }
        return unknown ? null : Boolean.TRUE;
    }

    /** {@code =} of two items; null where the precisions of two dates do not decide it. */
    static @Nullable Boolean equal(Item left, Item right) {
        Item one = left.value();
        Item other = right.value();
        if (one instanceof Item.When || other instanceof Item.When) {
            Moment first = moment(one);
            Moment second = moment(other);
            if (first == null
                    || second == null
                    || (first.kind() == Moment.Kind.TIME) != (second.kind() == Moment.Kind.TIME)) {
                return false;
            }
            Optional<Integer> order = first.compare(second);
            return order.isPresent() ? Boolean.valueOf(order.get() == 0) : null;
        }
        return switch (one) {
            case Item.Numeric(BigDecimal number, boolean _) ->
                other instanceof Item.Numeric(BigDecimal second, boolean _) && number.compareTo(second) == 0;
            case Item.Element(var json, var _, var _) ->
                other instanceof Item.Element second && json.equals(second.json());
            case Item.Text _, Item.Truth _, Item.When _ -> one.equals(other);
        };
    }

    /** As a moment, also a text that was not known to be one; null if it is none. */
    private static @Nullable Moment moment(Item item) {
        return switch (item) {
            case Item.When(Moment moment) -> moment;
            case Item.Text(String text) -> Moment.guess(text).orElse(null);
            case Item.Numeric _, Item.Truth _, Item.Element _ -> null;
        };
    }

    /** Whether an item equals one of these. */
    static boolean isIn(Item item, List<Item> items) {
        for (Item each : items) {
            if (Boolean.TRUE.equals(equal(item, each))) {
                return true;
            }
        }
        return false;
    }

    /** Without repetitions, in the order of first occurrence. */
    static List<Item> distinct(List<Item> items) {
        List<Item> distinct = new ArrayList<>(items.size());
        for (Item item : items) {
            if (!isIn(item, distinct)) {
                distinct.add(item);
            }
        }
        return distinct;
    }

    /** {@code ~} of two items: texts without case and with single blanks, numbers to the coarser precision. */
    static boolean equivalent(Item left, Item right) {
        Item one = left.value();
        Item other = right.value();
        if (one instanceof Item.Text(String first) && other instanceof Item.Text(String second)) {
            return plain(first).equals(plain(second));
        }
        if (one instanceof Item.Numeric(BigDecimal first, boolean _)
                && other instanceof Item.Numeric(BigDecimal second, boolean _)) {
            int scale = Math.min(first.scale(), second.scale());
            return first.setScale(scale, RoundingMode.HALF_UP).compareTo(second.setScale(scale, RoundingMode.HALF_UP))
                    == 0;
        }
        return Boolean.TRUE.equals(equal(one, other));
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /**
     * The order of two items; null where precisions do not decide it.
     *
     * @throws PathFault if they are of kinds that have no order among each other
     */
    static @Nullable Integer compare(Item left, Item right, int position) {
        Item one = left.value();
        Item other = right.value();
        if (one instanceof Item.Numeric(BigDecimal first, boolean _)
                && other instanceof Item.Numeric(BigDecimal second, boolean _)) {
            return first.compareTo(second);
        }
        if (one instanceof Item.When || other instanceof Item.When) {
            Moment first = moment(one);
            Moment second = moment(other);
            if (first != null && second != null) {
                return first.compare(second).orElse(null);
            }
        } else if (one instanceof Item.Text(String first) && other instanceof Item.Text(String second)) {
            return first.compareTo(second);
        }
        throw new PathFault(
                position, "these two have no order: only numbers, texts, dates and times do, each among themselves");
    }

    /** {@code /}: decimal, to the precision of a double decimal; nothing where it would divide by 0. */
    static @Nullable BigDecimal divide(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            return null;
        }
        BigDecimal exact = left.divide(right, MathContext.DECIMAL64);
        return exact.scale() > 0 ? exact.stripTrailingZeros() : exact;
    }
}
