package allmende.core.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, compiled when they are asked for. */
final class Arguments {

    private final Expr.Call call;
    private final ExprCompiler compiler;

    Arguments(Expr.Call call, ExprCompiler compiler) {
        this.call = call;
        this.compiler = compiler;
    }

    /** Where the call stands in the text. */
    int position() {
        return call.position();
    }

    int count() {
        return call.arguments().size();
    }

    /** An argument that is evaluated for each item, such as a criterion. */
    Op each(int index) {
        return compiler.compile(call.arguments().get(index));
    }

    /** An argument, or what is found without it. */
    Op or(int index, Op otherwise) {
        return index < count() ? each(index) : otherwise;
    }

    /** A type's name. */
    String type(int index) {
        Expr argument = call.arguments().get(index);
        return ExprParser.typeIn(argument)
                .orElseThrow(() -> new RefusedException(argument.position(), "the name of a type must stand here"));
    }

    /** A text that is written here; null if it is worked out. */
    @Nullable
    String literal(int index) {
        return call.arguments().get(index) instanceof Expr.Constant(List<Item> items, int _)
                        && items.size() == 1
                        && items.getFirst() instanceof Item.Text(String text)
                ? text
                : null;
    }
}
