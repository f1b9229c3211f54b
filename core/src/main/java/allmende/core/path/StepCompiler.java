package allmende.core.path;

import allmende.core.path.PathNode.Condition;
import allmende.core.path.PathNode.Elements;
import allmende.core.path.PathNode.Literal;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Turns a syntax tree into closures. Each step knows the one after it, so that evaluation passes elements on instead of
 * collecting them in between.
 */
final class StepCompiler {

    private static final Step EMIT = (focus, sink) -> sink.accept(focus);

    private StepCompiler() {}

    static Step compile(Elements path) {
        return compile(path, EMIT);
    }

    /** {@code path} and then {@code next} from each element that it finds. */
    private static Step compile(Elements path, Step next) {
        return switch (path) {
            case PathNode.Focus _ -> next;
            case PathNode.OfResourceType(Elements input, String type) ->
                compile(input, (focus, sink) -> !hasText(focus, "resourceType", type) || next.run(focus, sink));
            case PathNode.Field(Elements input, String name) -> compile(input, field(name, next));
            case PathNode.Choice(Elements input, String name, String type) ->
                compile(input, named(ChoiceTypes.property(name, type), next));
            case PathNode.Where(Elements input, Condition condition) -> {
                Predicate<JsonNode> test = test(condition);
                yield compile(input, (focus, sink) -> !test.test(focus) || next.run(focus, sink));
            }
            case PathNode.First(Elements input) -> first(compile(input, EMIT), next);
            case PathNode.Extension(Elements input, String url) ->
                compile(
                        input,
                        named("extension", (focus, sink) -> !hasText(focus, "url", url) || next.run(focus, sink)));
        };
    }

    private static Step field(String name, Step next) {
        Step named = named(name, next);
        return ChoiceTypes.isChoice(name)
                ? (focus, sink) -> focus.has(name) ? named.run(focus, sink) : choice(name, next, focus, sink)
                : named;
    }

    private static Step named(String name, Step next) {
        return (focus, sink) -> {
            JsonNode value = focus.get(name);
            return value == null || each(value, next, sink);
        };
    }

    /** A choice element occurs in one type at most. */
    private static boolean choice(String name, Step next, JsonNode focus, Step.Sink sink) {
        if (!focus.isObject()) {
            return true;
        }
        for (Map.Entry<String, JsonNode> property : focus.properties()) {
            if (ChoiceTypes.holds(property.getKey(), name)) {
                return each(property.getValue(), next, sink);
            }
        }
        return true;
    }

    private static boolean each(JsonNode value, Step next, Step.Sink sink) {
        if (!value.isArray()) {
            return value.isNull() || next.run(value, sink);
        }
        for (JsonNode element : value.values()) {
            if (!element.isNull() && !next.run(element, sink)) {
                return false;
            }
        }
        return true;
    }

    private static Step first(Step input, Step next) {
        return (focus, sink) -> {
            FirstSink first = new FirstSink();
            input.run(focus, first);
            JsonNode found = first.node();
            return found == null || next.run(found, sink);
        };
    }

    private static Predicate<JsonNode> test(Condition condition) {
        return switch (condition) {
            case PathNode.Exists(Elements input) -> {
                Step step = compile(input, EMIT);
                // a run is cut short exactly when something was found
                yield focus -> !step.run(focus, _ -> false);
            }
            case PathNode.IsTrue(Elements input) -> equality(input, new Literal.Truth(true), true);
            case PathNode.Equal(Elements input, Literal literal) -> equality(input, literal, true);
            case PathNode.Unequal(Elements input, Literal literal) -> equality(input, literal, false);
            case PathNode.And(Condition one, Condition other) -> test(one).and(test(other));
            case PathNode.Or(Condition one, Condition other) -> test(one).or(test(other));
            case PathNode.Not(Condition inner) -> test(inner).negate();
        };
    }

    /** Nothing is neither equal nor unequal to a literal; two or more elements are unequal to it. */
    private static Predicate<JsonNode> equality(Elements input, Literal literal, boolean wanted) {
        Step step = compile(input, EMIT);
        return focus -> {
            OnlySink only = new OnlySink();
            step.run(focus, only);
            if (only.count() == 0) {
                return false;
            }
            JsonNode node = only.first();
            return (only.count() == 1 && node != null && isEqual(node, literal)) == wanted;
        };
    }

    private static boolean isEqual(JsonNode node, Literal literal) {
        return switch (literal) {
            case Literal.Text(String text) ->
                node.isString() && node.stringValue().equals(text);
            case Literal.Decimal(var number) ->
                node.isNumber() && node.decimalValue().compareTo(number) == 0;
            case Literal.Truth(boolean truth) -> node.isBoolean() && node.booleanValue() == truth;
        };
    }

    private static boolean hasText(JsonNode object, String name, String text) {
        JsonNode value = object.get(name);
        return value != null && value.isString() && value.stringValue().equals(text);
    }
}
