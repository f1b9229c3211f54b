package allmende.core.path;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The binary operators over two collections (FHIRPath 2.0, chapter 6). */
final class Operations {

    private Operations() {}

    static Op compile(Operator operator, Op left, Op right, int position) {
        return switch (operator) {
            case AND -> logic(left, right, position, Operations::and);
            case OR -> logic(left, right, position, (one, other) -> not(and(not(one), not(other))));
            case XOR ->
                logic(
                        left,
                        right,
                        position,
                        (one, other) -> (one == null || other == null) ? null : Boolean.valueOf(one ^ other));
            case IMPLIES -> logic(left, right, position, (one, other) -> not(and(one, not(other))));
            case EQUAL -> scope -> Items.truth(Items.equal(left.run(scope), right.run(scope)));
            case NOT_EQUAL -> scope -> Items.truth(not(Items.equal(left.run(scope), right.run(scope))));
            case EQUIVALENT -> scope -> Items.truth(equivalent(left.run(scope), right.run(scope)));
            case NOT_EQUIVALENT -> scope -> Items.truth(!equivalent(left.run(scope), right.run(scope)));
            case LESS -> order(left, right, position, order -> order < 0);
            case LESS_OR_EQUAL -> order(left, right, position, order -> order <= 0);
            case GREATER -> order(left, right, position, order -> order > 0);
            case GREATER_OR_EQUAL -> order(left, right, position, order -> order >= 0);
            case IN -> scope -> membership(left.run(scope), right.run(scope), position);
            case CONTAINS -> scope -> membership(right.run(scope), left.run(scope), position);
            case UNION -> scope -> union(left.run(scope), right.run(scope));
            case JOIN -> scope -> Items.text(orNone(left.run(scope), position) + orNone(right.run(scope), position));
            case PLUS -> scope -> plus(left.run(scope), right.run(scope), position);
            case MINUS -> numbers(left, right, position, BigDecimal::subtract);
            case TIMES -> numbers(left, right, position, BigDecimal::multiply);
            case DIVIDED, DIV, MOD -> division(operator, left, right, position);
        };
    }

    private static @Nullable Boolean and(@Nullable Boolean one, @Nullable Boolean other) {
        if (Boolean.FALSE.equals(one) || Boolean.FALSE.equals(other)) {
            return false;
        }
        return (one == null || other == null) ? null : Boolean.TRUE;
    }

    static @Nullable Boolean not(@Nullable Boolean truth) {
        return truth == null ? null : Boolean.valueOf(!truth);
    }

    private interface Logic {
        @Nullable
        Boolean apply(@Nullable Boolean one, @Nullable Boolean other);
    }

    private static Op logic(Op left, Op right, int position, Logic logic) {
        return scope -> Items.truth(
                logic.apply(Items.condition(left.run(scope), position), Items.condition(right.run(scope), position)));
    }

    private static boolean equivalent(List<Item> left, List<Item> right) {
        return left.size() == right.size()
                && left.stream().allMatch(one -> right.stream().anyMatch(other -> Items.equivalent(one, other)))
                && right.stream().allMatch(one -> left.stream().anyMatch(other -> Items.equivalent(one, other)));
    }

    private static Op order(Op left, Op right, int position, IntPredicate wanted) {
        return scope -> {
            Item one = Items.single(left.run(scope), position);
            Item other = Items.single(right.run(scope), position);
            Integer order = one == null || other == null ? null : Items.compare(one, other, position);
            return order == null ? List.of() : Items.truth(wanted.test(order));
        };
    }

    private static List<Item> membership(List<Item> one, List<Item> all, int position) {
        Item item = Items.single(one, position);
        return item == null ? List.of() : Items.truth(Items.isIn(item, all));
    }

    static List<Item> union(List<Item> left, List<Item> right) {
        List<Item> all = new ArrayList<>(left);
        all.addAll(right);
        return Items.distinct(all);
    }

    private static String orNone(List<Item> items, int position) {
        String text = Items.text(items, position);
        return text == null ? "" : text;
    }

    private static List<Item> plus(List<Item> left, List<Item> right, int position) {
        Item one = Items.value(left, position);
        Item other = Items.value(right, position);
        if (one == null || other == null) {
            return List.of();
        }
        if (one instanceof Item.Text(String first) && other instanceof Item.Text(String second)) {
            return Items.text(first + second);
        }
        return number(left, right, position, BigDecimal::add);
    }

    private static Op numbers(Op left, Op right, int position, BinaryOperator<BigDecimal> operation) {
        return scope -> number(left.run(scope), right.run(scope), position, operation);
    }

    private static List<Item> number(
            List<Item> left, List<Item> right, int position, BinaryOperator<BigDecimal> operation) {
        Item.Numeric one = Items.number(left, position);
        Item.Numeric other = Items.number(right, position);
        return one == null || other == null
                ? List.of()
                : List.of(
                        new Item.Numeric(operation.apply(one.number(), other.number()), one.whole() && other.whole()));
    }

    private static Op division(Operator operator, Op left, Op right, int position) {
        return scope -> {
            Item.Numeric one = Items.number(left.run(scope), position);
            Item.Numeric other = Items.number(right.run(scope), position);
            if (one == null || other == null || other.number().signum() == 0) {
                return List.of();
            }
            BigDecimal quotient = Items.divide(one.number(), other.number());
            if (operator == Operator.DIVIDED && quotient != null) {
                return List.of(new Item.Numeric(quotient, false));
            }
            BigDecimal whole = one.number().divide(other.number(), 0, RoundingMode.DOWN);
            return operator == Operator.DIV
                    ? List.of(new Item.Numeric(whole, true))
                    : List.of(new Item.Numeric(
                            one.number().subtract(whole.multiply(other.number())), one.whole() && other.whole()));
        };
    }
}
