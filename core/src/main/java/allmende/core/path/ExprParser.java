package allmende.core.path;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Precedence climbing over the tokens of a FHIRPath expression (FHIRPath 2.0, grammar and section 6.8). */
final class ExprParser {

    /** Expressions may nest this deep, so that a hostile one can't exhaust the stack. */
    private static final int MAX_NESTING = 60;

    /** Expressions may have this many tokens: a chain of a thousand steps recurses as deep when it is compiled. */
    private static final int MAX_TOKENS = 2_000;

    private static final Map<String, Operator> OPERATORS = operators();

    private final List<Token> tokens;
    private int at;
    private int nesting;

    private ExprParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expr parse(String text) {
        List<Token> tokens = Tokenizer.tokens(text);
        if (tokens.size() > MAX_TOKENS) {
            throw new RefusedException(tokens.get(MAX_TOKENS).position(), "the expression is too long");
        }
        ExprParser parser = new ExprParser(tokens);
        Expr expression = parser.expression(0);
        Token rest = parser.peek();
        if (rest.kind() != Token.Kind.END) {
            throw refused(rest, rest.shown() + " can't follow here");
        }
        return expression;
    }

    private static Map<String, Operator> operators() {
        Map<String, Operator> signs = new HashMap<>();
        for (Operator operator : Operator.values()) {
            signs.put(operator.sign(), operator);
        }
        return Map.copyOf(signs);
    }

    private Expr expression(int binding) {
        if (++nesting > MAX_NESTING) {
            throw refused(peek(), "the expression is nested too deep");
        }
        Expr left = signed();
        while (true) {
            Token token = peek();
            Operator operator = token.kind() == Token.Kind.SYMBOL || token.kind() == Token.Kind.IDENTIFIER
                    ? OPERATORS.get(token.text())
                    : null;
            if (operator != null && operator.binding() > binding) {
                next();
                left = new Expr.Operation(operator, left, expression(operator.binding()), token.position());
            } else if (isTypeWord(token) && Operator.TYPE_BINDING > binding) {
                next();
                left = new Expr.Typed(left, typeName(), token.isWord("as"), token.position());
            } else {
                nesting--;
                return left;
            }
        }
    }

    private static boolean isTypeWord(Token token) {
        return token.isWord("is") || token.isWord("as");
    }

    private Expr signed() {
        Token token = peek();
        if (token.is("-") || token.is("+")) {
            next();
            Expr operand = signed();
            return token.is("-") ? new Expr.Negative(operand, token.position()) : operand;
        }
        return steps(term());
    }

    /** Everything that follows a term: {@code .name}, {@code .function(…)}, {@code [index]}, over and over. */
    private Expr steps(Expr start) {
        Expr path = start;
        while (true) {
            Token token = peek();
            if (token.is(".")) {
                next();
                path = invocation(path, expectName());
            } else if (token.is("[")) {
                next();
                Expr index = expression(0);
                expect("]");
                path = new Expr.At(path, index, token.position());
            } else {
                return path;
            }
        }
    }

    private Expr term() {
        Token token = next();
        return switch (token.kind()) {
            case STRING -> constant(new Item.Text(token.text()), token);
            case NUMBER -> constant(number(token.text()), token);
            case MOMENT ->
                constant(
                        new Item.When(Moment.literal(token.text())
                                .orElseThrow(() -> refused(token, "this is not a date or time"))),
                        token);
            case IDENTIFIER -> name(token);
            case SYMBOL -> symbol(token);
            case END -> throw refused(token, "something must stand here");
        };
    }

    private static Item number(String text) {
        BigDecimal value = new BigDecimal(text);
        return new Item.Numeric(value, value.scale() == 0);
    }

    private Expr name(Token token) {
        return switch (token.text()) {
            case "true", "false" -> constant(new Item.Truth(token.isWord("true")), token);
            case "$this" -> new Expr.Focus(token.position());
            case "$index" -> new Expr.Index(token.position());
            case "$total" -> new Expr.Total(token.position());
            default -> {
                if (token.text().startsWith("$") || token.text().isEmpty()) {
                    throw refused(token, token.shown() + " is not understood");
                }
                yield invocation(new Expr.Focus(token.position()), token);
            }
        };
    }

    private Expr symbol(Token token) {
        if (token.is("(")) {
            Expr inner = expression(0);
            expect(")");
            return inner;
        }
        if (token.is("{")) {
            expect("}");
            return new Expr.Constant(List.of(), token.position());
        }
        if (token.is("%")) {
            Token name = next();
            if (name.kind() != Token.Kind.IDENTIFIER && name.kind() != Token.Kind.STRING) {
                throw refused(name, "the name of a variable must stand here, not " + name.shown());
            }
            return new Expr.Variable(name.text(), token.position());
        }
        throw refused(token, token.shown() + " can't stand here");
    }

    private static Expr constant(Item item, Token token) {
        return new Expr.Constant(List.of(item), token.position());
    }

    private Expr invocation(Expr input, Token name) {
        if (!peek().is("(")) {
            return new Expr.Member(input, name.text(), name.position());
        }
        next();
        List<Expr> arguments = new ArrayList<>();
        while (!peek().is(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(expression(0));
        }
        next();
        return new Expr.Call(input, name.text(), List.copyOf(arguments), name.position());
    }

    private String typeName() {
        Token first = expectName();
        if (!peek().is(".")) {
            return first.text();
        }
        next();
        return TypeNames.qualified(first.text(), expectName().text())
                .orElseThrow(() -> refused(first, first.shown() + " is not a namespace of types"));
    }

    /** The type that an argument names: {@code Quantity}, {@code FHIR.Quantity} or {@code 'Quantity'}. */
    static Optional<String> typeIn(Expr argument) {
        return switch (argument) {
            case Expr.Member(Expr.Focus _, String name, int _) -> Optional.of(name);
            case Expr.Member(Expr.Member(Expr.Focus _, String space, int _), String name, int _) ->
                TypeNames.qualified(space, name);
            case Expr.Constant(List<Item> items, int _)
            when items.size() == 1 && items.getFirst() instanceof Item.Text(String name) -> Optional.of(name);
            default -> Optional.empty();
        };
    }

    private Token expectName() {
        Token token = next();
        if (token.kind() != Token.Kind.IDENTIFIER || token.text().isEmpty()) {
            throw refused(token, "a name must stand here, not " + token.shown());
        }
        return token;
    }

    private void expect(String symbol) {
        Token token = next();
        if (!token.is(symbol)) {
            throw refused(token, "'" + symbol + "' must stand here, not " + token.shown());
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    private static RefusedException refused(Token token, String reason) {
        return new RefusedException(token.position(), reason);
    }
}
