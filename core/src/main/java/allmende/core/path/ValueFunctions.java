package allmende.core.path;

import allmende.core.path.Functions.Function;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Conditions, conversions, numbers and boundaries (FHIRPath 2.0, sections 5.5 and 5.7; boundaries: FHIR's additions). */
final class ValueFunctions {

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final int MAX_DIGITS = 30;

    private ValueFunctions() {}

    static List<Function> all() {
        List<Function> functions = new ArrayList<>(conversions());
        functions.addAll(numbers());
        functions.add(new Function(
                "not",
                0,
                0,
                (in, args) -> scope -> Items.truth(Operations.not(Items.condition(in.run(scope), args.position())))));
        functions.add(new Function("iif", 2, 3, ValueFunctions::iif));
        functions.add(new Function(
                "lowBoundary", 0, 0, (in, args) -> scope -> boundary(in.run(scope), true, args.position())));
        functions.add(new Function(
                "highBoundary", 0, 0, (in, args) -> scope -> boundary(in.run(scope), false, args.position())));
        return functions;
    }

    private static Op iif(Op in, Arguments args) {
        Op criterion = args.each(0);
        Op then = args.each(1);
        Op otherwise = args.or(2, _ -> List.of());
        return scope -> {
            List<Item> items = in.run(scope);
            Item item = Items.single(items, args.position());
            Scope inside = item == null ? scope : scope.at(item, 0);
            boolean holds = Boolean.TRUE.equals(Items.condition(criterion.run(inside), args.position()));
            return (holds ? then : otherwise).run(inside);
        };
    }

    /** What becomes of the only value; nothing if it can't. */
    @FunctionalInterface
    private interface Conversion {
        Optional<Item> of(Item value);
    }

    private static Function conversion(String name, Conversion conversion) {
        return new Function(name, 0, 0, (in, args) -> scope -> {
            Item value = Items.value(in.run(scope), args.position());
            return value == null ? List.of() : conversion.of(value).stream().toList();
        });
    }

    private static List<Function> conversions() {
        return List.of(
                conversion("toString", value -> written(value).map(Item.Text::new)),
                conversion("toInteger", value -> written(value).flatMap(ValueFunctions::integer)),
                conversion("toDecimal", value -> written(value).flatMap(ValueFunctions::decimal)),
                conversion("toBoolean", value -> written(value).flatMap(ValueFunctions::truth)),
                conversion("toDate", value -> written(value)
                        .flatMap(text -> Moment.of("date", text.length() > 10 ? text.substring(0, 10) : text))
                        .map(Item.When::new)),
                conversion("toDateTime", value -> written(value)
                        .flatMap(text -> Moment.of("dateTime", text))
                        .map(Item.When::new)),
                conversion("toTime", value -> written(value)
                        .flatMap(text -> Moment.of("time", text))
                        .map(Item.When::new)));
    }

    /** A value as a text; an object has none. */
    static Optional<String> written(Item value) {
        return switch (value) {
            case Item.Text(String text) -> Optional.of(text);
            case Item.Numeric(BigDecimal number, boolean _) -> Optional.of(number.toPlainString());
            case Item.Truth(boolean truth) -> Optional.of(Boolean.toString(truth));
            case Item.When(Moment moment) -> Optional.of(moment.text());
            case Item.Element _ -> Optional.empty();
        };
    }

    private static Optional<Item> integer(String text) {
        return switch (text) {
            case "true" -> Optional.of(new Item.Numeric(BigDecimal.ONE, true));
            case "false" -> Optional.of(new Item.Numeric(BigDecimal.ZERO, true));
            default ->
                text.matches("[+-]?\\d{1," + MAX_DIGITS + "}")
                        ? Optional.of(new Item.Numeric(new BigDecimal(text), true))
                        : Optional.empty();
        };
    }

    private static Optional<Item> decimal(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Optional.of(new Item.Numeric(text.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO, false));
        }
        return text.matches("[+-]?\\d{1," + MAX_DIGITS + "}(\\.\\d{1," + MAX_DIGITS + "})?")
                ? Optional.of(new Item.Numeric(new BigDecimal(text), false))
                : Optional.empty();
    }

    private static Optional<Item> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1", "1.0" -> Optional.of(new Item.Truth(true));
            case "false", "f", "no", "n", "0", "0.0" -> Optional.of(new Item.Truth(false));
            default -> Optional.empty();
        };
    }

    private static List<Function> numbers() {
        return List.of(
                number("abs", BigDecimal::abs, false),
                number("ceiling", number -> number.setScale(0, RoundingMode.CEILING), true),
                number("floor", number -> number.setScale(0, RoundingMode.FLOOR), true),
                number("truncate", number -> number.setScale(0, RoundingMode.DOWN), true),
                new Function("round", 0, 1, (in, args) -> {
                    Op digits = args.or(0, _ -> Items.whole(0));
                    return scope -> {
                        Item.Numeric number = Items.number(in.run(scope), args.position());
                        Integer places = Items.integer(digits.run(scope), args.position());
                        if (number == null || places == null || places < 0 || places > MAX_DIGITS) {
                            return List.of();
                        }
                        return List.of(new Item.Numeric(number.number().setScale(places, RoundingMode.HALF_UP), false));
                    };
                }));
    }

    private static Function number(String name, UnaryOperator<BigDecimal> change, boolean whole) {
        return new Function(name, 0, 0, (in, args) -> scope -> {
            Item.Numeric number = Items.number(in.run(scope), args.position());
            return number == null
                    ? List.of()
                    : List.of(new Item.Numeric(change.apply(number.number()), whole || number.whole()));
        });
    }

    /** The least or the greatest that a value may be, given how precisely it was written. */
    private static List<Item> boundary(List<Item> items, boolean low, int position) {
        return switch (Items.value(items, position)) {
            case null -> List.of();
            case Item.Numeric(BigDecimal number, boolean _) -> List.of(new Item.Numeric(edge(number, low), false));
            case Item.When(Moment moment) -> List.of(edge(moment, low));
            case Item.Text(String text) ->
                List.of(edge(
                        Moment.guess(text)
                                .orElseThrow(
                                        () -> new PathFault(position, "only numbers, dates and times have boundaries")),
                        low));
            case Item.Truth _, Item.Element _ ->
                throw new PathFault(position, "only numbers, dates and times have boundaries");
        };
    }

    private static Item edge(Moment moment, boolean low) {
        return new Item.When(low ? moment.lowBoundary() : moment.highBoundary());
    }

    private static BigDecimal edge(BigDecimal number, boolean low) {
        BigDecimal half = HALF.scaleByPowerOfTen(-number.scale());
        return low ? number.subtract(half) : number.add(half);
    }
}
