package allmende.core.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A compiled path to elements of a resource, in a subset of FHIRPath:
 *
 * <ul>
 *   <li>elements, {@code code.coding}; arrays are walked. A leading type name, {@code Condition.code}, limits the path to
 *       resources of that type.
 *   <li>choice elements by their plain name: {@code value} finds {@code valueQuantity}, {@code valueString}, …;
 *       {@code value.ofType(Quantity)} only the one. After other elements {@code ofType} keeps resources of a type:
 *       {@code contained.ofType(Medication)}.
 *   <li>{@code where(…)}, {@code exists()}, {@code exists(…)}, {@code empty()}, {@code first()},
 *       {@code extension('url')}
 *   <li>as conditions: {@code =} and {@code !=} with a text, number or boolean, {@code and}, {@code or}, {@code not()},
 *       parentheses. As in FHIRPath, {@code =} holds where the path finds exactly one element and that is equal.
 * </ul>
 *
 * What is outside the subset is refused when the path is compiled. Extensions of primitive elements
 * ({@code _birthDate}) are not found. Immutable and thread-safe.
 */
public final class ElementPath {

    /** The outcome of reading a path. */
    public sealed interface Read {
        /** It is a path of the subset. */
        record Compiled(ElementPath path) implements Read {}

        /**
         * It is not.
         *
         * @param position where in the text, from 0
         * @param reason a sentence that says what is wrong
         */
        record Refused(int position, String reason) implements Read {}
    }

    private final String text;
    private final Step step;

    private ElementPath(String text, Step step) {
        this.text = text;
        this.step = step;
    }

    /** Reads a path that a person wrote. */
    public static Read read(String text) {
        try {
            return new Read.Compiled(new ElementPath(text, StepCompiler.compile(PathParser.parse(text))));
        } catch (RefusedException refused) {
            return new Read.Refused(refused.position(), refused.reason());
        }
    }

    /**
     * Compiles a path that belongs to the program.
     *
     * @throws IllegalArgumentException if it is outside the subset; the message names the position
     */
    public static ElementPath compile(String text) {
        return switch (read(text)) {
            case Read.Compiled compiled -> compiled.path();
            case Read.Refused refused ->
                throw new IllegalArgumentException(
                        "path '" + text + "', position " + refused.position() + ": " + refused.reason());
        };
    }

    /** The elements that the path finds, in document order. */
    public List<JsonNode> evaluate(JsonNode resource) {
        List<JsonNode> found = new ArrayList<>(2);
        step.run(resource, node -> {
            found.add(node);
            return true;
        });
        return found;
    }

    /** The first element that the path finds; null if there is none. */
    public @Nullable JsonNode first(JsonNode resource) {
        FirstSink first = new FirstSink();
        step.run(resource, first);
        return first.node();
    }

    /** Hands over each element until {@code visitor} returns false; for callers that need no list. */
    public void visit(JsonNode resource, Predicate<JsonNode> visitor) {
        step.run(resource, visitor::test);
    }

    /** The path as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
