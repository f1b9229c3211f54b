package allmende.core.path;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions that are understood, with how many arguments they take. */
final class Functions {

    /** Compiles the call of a function over its input. */
    @FunctionalInterface
    interface Maker {

        /**
         * The call as a closure.
         *
         * @throws RefusedException if an argument is not what the function takes
         */
        Op make(Op input, Arguments arguments);
    }

    /** A function: its name, and the fewest and the most arguments. */
    record Function(String name, int fewest, int most, Maker maker) {}

    private static final Map<String, Function> ALL = Stream.of(
                    CollectionFunctions.all(), TextFunctions.all(), ValueFunctions.all(), FhirFunctions.all())
            .flatMap(java.util.List::stream)
            .collect(Collectors.toUnmodifiableMap(Function::name, function -> function));

    private Functions() {}

    static Op compile(Expr.Call call, Op input, ExprCompiler compiler) {
        Function function = ALL.get(call.name());
        if (function == null) {
            throw new RefusedException(call.position(), "the function " + call.name() + "() is not understood");
        }
        int given = call.arguments().size();
        if (given < function.fewest() || given > function.most()) {
            throw new RefusedException(
                    call.position(),
                    call.name() + "() takes "
                            + (function.fewest() == function.most()
                                    ? Integer.toString(function.fewest())
                                    : function.fewest() + " to " + function.most())
                            + " arguments, not " + given);
        }
        return function.maker().make(input, new Arguments(call, compiler));
    }
}
