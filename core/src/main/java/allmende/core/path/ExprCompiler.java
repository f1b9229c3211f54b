package allmende.core.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns a syntax tree into closures over JSON. */
final class ExprCompiler {

    private static final Set<String> RESOURCE = Set.of("resource", "rootResource", "context");

    private final Set<String> variables;

    ExprCompiler(Set<String> variables) {
        this.variables = variables;
    }

    Op compile(Expr expression) {
        return switch (expression) {
            case Expr.Focus _ -> Scope::self;
            case Expr.Index _ -> scope -> Items.whole(scope.index());
            case Expr.Total _ -> Scope::total;
            case Expr.Constant(List<Item> items, int _) -> _ -> items;
            case Expr.Variable(String name, int position) -> variable(name, position);
            case Expr.Member(Expr input, String name, int _) -> member(input, name);
            case Expr.Call call -> Functions.compile(call, compile(call.input()), this);
            case Expr.At(Expr input, Expr index, int position) -> at(compile(input), compile(index), position);
            case Expr.Negative(Expr operand, int position) -> negative(compile(operand), position);
            case Expr.Typed(Expr input, String type, boolean keep, int position) ->
                Types.compile(keep ? Types.Test.AS : Types.Test.IS, compile(input), type, position);
            case Expr.Operation(Operator operator, Expr left, Expr right, int position) ->
                Operations.compile(operator, compile(left), compile(right), position);
        };
    }

    private Op variable(String name, int position) {
        if (RESOURCE.contains(name)) {
            return scope -> List.of(scope.env().resource());
        }
        String known =
                switch (name) {
                    case "sct" -> "http://snomed.info/sct";
                    case "loinc" -> "http://loinc.org";
                    case "ucum" -> "http://unitsofmeasure.org";
                    default -> null;
                };
        if (known != null && !variables.contains(name)) {
            List<Item> value = Items.text(known);
            return _ -> value;
        }
        if (!variables.contains(name)) {
            throw new RefusedException(position, "the constant %" + name + " is not defined");
        }
        return name.equals(FhirPath.ROW_INDEX)
                ? scope -> Items.whole(scope.env().rowIndex())
                : scope -> scope.env().variables().getOrDefault(name, List.of());
    }

    private Op member(Expr input, String name) {
        Op from = compile(input);
        boolean mayBeType = input instanceof Expr.Focus && Character.isUpperCase(name.charAt(0));
        return mayBeType ? scope -> ofResourceType(from.run(scope), name) : scope -> Children.of(from.run(scope), name);
    }

    /** {@code Patient.name}: a path may start with the type that it is about. */
    private static List<Item> ofResourceType(List<Item> items, String type) {
        List<Item> found = new ArrayList<>(1);
        for (Item item : items) {
            if (type.equals("Resource") || type.equals(Types.known(item))) {
                found.add(item);
            }
        }
        return found;
    }

    private static Op at(Op input, Op index, int position) {
        return scope -> {
            List<Item> items = input.run(scope);
            Integer place = Items.integer(index.run(scope), position);
            return place == null || place < 0 || place >= items.size() ? List.of() : List.of(items.get(place));
        };
    }

    private static Op negative(Op operand, int position) {
        return scope -> {
            Item.Numeric number = Items.number(operand.run(scope), position);
            return number == null
                    ? List.of()
                    : List.of(new Item.Numeric(number.number().negate(), number.whole()));
        };
    }
}
