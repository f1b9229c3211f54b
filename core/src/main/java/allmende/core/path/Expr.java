package allmende.core.path;

import java.util.List;

/** The syntax tree of a FHIRPath expression. Each part knows its place in the text, from 0, for messages. */
sealed interface Expr {

    /** Where it stands in the text. */
    int position();

    /** What the expression is asked about, {@code $this}. */
    record Focus(int position) implements Expr {}

    /** {@code $index}. */
    record Index(int position) implements Expr {}

    /** {@code $total}. */
    record Total(int position) implements Expr {}

    /** A value written in the text; none for {@code {}}. */
    record Constant(List<Item> items, int position) implements Expr {}

    /** {@code %name}. */
    record Variable(String name, int position) implements Expr {}

    /** {@code input.name}. */
    record Member(Expr input, String name, int position) implements Expr {}

    /** {@code input.name(arguments)}. */
    record Call(Expr input, String name, List<Expr> arguments, int position) implements Expr {}

    /** {@code input[index]}. */
    record At(Expr input, Expr index, int position) implements Expr {}

    /** {@code -operand}. */
    record Negative(Expr operand, int position) implements Expr {}

    /** {@code input is type} or, with {@code keep}, {@code input as type}. */
    record Typed(Expr input, String type, boolean keep, int position) implements Expr {}

    /** {@code left operator right}. */
    record Operation(Operator operator, Expr left, Expr right, int position) implements Expr {}
}
