package allmende.core.path;

import java.math.BigDecimal;

/** The syntax tree of a path. */
sealed interface PathNode {

    /** Something that finds elements. */
    sealed interface Elements extends PathNode {}

    /** Where the path, or a condition in it, starts. */
    record Focus() implements Elements {}

    /** The resource itself, if it is of this type. */
    record OfResourceType(Elements input, String type) implements Elements {}

    /** {@code input.name}, choice elements by their plain name included. */
    record Field(Elements input, String name) implements Elements {}

    /** {@code input.name.ofType(type)} of a choice element. */
    record Choice(Elements input, String name, String type) implements Elements {}

    /** {@code input.where(condition)}. */
    record Where(Elements input, Condition condition) implements Elements {}

    /** {@code input.first()}. */
    record First(Elements input) implements Elements {}

    /** {@code input.extension('url')}. */
    record Extension(Elements input, String url) implements Elements {}

    /** Something that holds or doesn't. */
    sealed interface Condition extends PathNode {}

    /** {@code input.exists()}. */
    record Exists(Elements input) implements Condition {}

    /** A path as a condition: it finds exactly {@code true}. */
    record IsTrue(Elements input) implements Condition {}

    /** {@code input = literal}. */
    record Equal(Elements input, Literal literal) implements Condition {}

    /** {@code input != literal}. */
    record Unequal(Elements input, Literal literal) implements Condition {}

    /** {@code one and other}. */
    record And(Condition one, Condition other) implements Condition {}

    /** {@code one or other}. */
    record Or(Condition one, Condition other) implements Condition {}

    /** {@code condition.not()}, and {@code empty()} as its short form. */
    record Not(Condition condition) implements Condition {}

    /** A value written in the path. */
    sealed interface Literal {
        /** {@code 'text'}. */
        record Text(String text) implements Literal {}

        /** {@code 1.5}; precision does not matter. */
        record Decimal(BigDecimal number) implements Literal {}

        /** {@code true} or {@code false}. */
        record Truth(boolean truth) implements Literal {}
    }
}
