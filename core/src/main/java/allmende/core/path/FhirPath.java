package allmende.core.path;

import java.util.List;
import java.util.Set;

/**
 * A compiled FHIRPath expression over JSON: what SQL on FHIR v2 and the views of the core data set need of FHIRPath 2.0.
 * Understood are all operators, all literals but quantities, and the functions that {@link Functions} lists. Anything else
 * is refused when the expression is compiled, with its place. Immutable and thread-safe.
 *
 * <p>Types are those that the data tell: choices by their names ({@code valueQuantity}), resources by
 * {@code resourceType}, and a few dates by the element's name. Where {@code ofType} would need more, evaluation fails
 * with a {@link PathFault}; it never guesses.
 */
public final class FhirPath {

    /** The outcome of reading an expression. */
    public sealed interface Read {
        /** It is understood. */
        record Compiled(FhirPath path) implements Read {}

        /**
         * It is not.
         *
         * @param position where in the text, from 0
         * @param reason a sentence that says what is wrong
         */
        record Refused(int position, String reason) implements Read {}
    }

    /** The variable that tells the place among those iterated over, see {@link Env#rowIndex}. */
    public static final String ROW_INDEX = "rowIndex";

    private final String text;
    private final Op op;

    private FhirPath(String text, Op op) {
        this.text = text;
        this.op = op;
    }

    /**
     * Reads an expression that a person wrote.
     *
     * @param variables the names of the variables that will be there, without the {@code %}; others are refused
     */
    public static Read read(String text, Set<String> variables) {
        try {
            return new Read.Compiled(new FhirPath(text, new ExprCompiler(variables).compile(ExprParser.parse(text))));
        } catch (RefusedException refused) {
            return new Read.Refused(refused.position(), refused.reason());
        }
    }

    /**
     * What the expression finds, in document order.
     *
     * @param focus what it is asked about
     * @throws PathFault if the expression has no meaning for these data
     */
    public List<Item> evaluate(Item focus, Env env) {
        return op.run(new Scope(List.of(focus), 0, List.of(), env));
    }

    /** The expression as it was written. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
