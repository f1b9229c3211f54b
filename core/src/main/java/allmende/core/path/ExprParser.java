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

    private final TokenReader tokens;
    private int nesting;

    private ExprParser(TokenReader tokens) {
        this.tokens = tokens;
    }

    static Expr parse(String text) {
        List<Token> tokens = Tokenizer.tokens(text);
        if (tokens.size() > MAX_TOKENS) {
            throw new RefusedException(tokens.get(MAX_TOKENS).position(), "the expression is too long");
        }
        ExprParser parser = new ExprParser(new TokenReader(tokens));
        Expr expression = parser.expression(0);
        parser.tokens.expectEnd();
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
            throw TokenReader.refused(tokens.peek(), "the expression is nested too deep");
        }
        Expr left = signed();
        while (true) {
            Token token = tokens.peek();
            Operator operator = token.kind() == Token.Kind.SYMBOL || token.kind() == Token.Kind.IDENTIFIER
                    ? OPERATORS.get(token.text())
                    : null;
            if (operator != null && operator.binding() > binding) {
                tokens.next();
                left = new Expr.Operation(operator, left, expression(operator.binding()), token.position());
            } else if (isTypeWord(token) && Operator.TYPE_BINDING > binding) {
                tokens.next();
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
        Token token = tokens.peek();
        if (token.is("-") || token.is("+")) {
            tokens.next();
            Expr operand = signed();
            return token.is("-") ? new Expr.Negative(operand, token.position()) : operand;
        }
        return steps(term());
    }

    /** Everything that follows a term: {@code .name}, {@code .function(…)}, {@code [index]}, over and over. */
    private Expr steps(Expr start) {
        Expr path = start;
        while (true) {
            Token token = tokens.peek();
            if (token.is(".")) {
                tokens.next();
                path = invocation(path, tokens.expectName());
            } else if (token.is("[")) {
                tokens.next();
                Expr index = expression(0);
                tokens.expect("]");
                path = new Expr.At(path, index, token.position());
            } else {
                return path;
            }
        }
    }

    private Expr term() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case STRING -> constant(new Item.Text(token.text()), token);
            case NUMBER -> constant(number(token.text()), token);
            case MOMENT ->
                constant(
                        new Item.When(Moment.literal(token.text())
                                .orElseThrow(() -> TokenReader.refused(token, "this is not a date or time"))),
                        token);
            case IDENTIFIER -> name(token);
            case SYMBOL -> symbol(token);
            case END -> throw TokenReader.refused(token, "something must stand here");
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
                    throw TokenReader.refused(token, token.shown() + " is not understood");
                }
                yield invocation(new Expr.Focus(token.position()), token);
            }
        };
    }

    private Expr symbol(Token token) {
        if (token.is("(")) {
            Expr inner = expression(0);
            tokens.expect(")");
            return inner;
        }
        if (token.is("{")) {
            tokens.expect("}");
            return new Expr.Constant(List.of(), token.position());
        }
        if (token.is("%")) {
            Token name = tokens.next();
            if (name.kind() != Token.Kind.IDENTIFIER && name.kind() != Token.Kind.STRING) {
                throw TokenReader.refused(name, "the name of a variable must stand here, not " + name.shown());
            }
            return new Expr.Variable(name.text(), token.position());
        }
        throw TokenReader.refused(token, token.shown() + " can't stand here");
    }

    private static Expr constant(Item item, Token token) {
        return new Expr.Constant(List.of(item), token.position());
    }

    private Expr invocation(Expr input, Token name) {
        if (!tokens.peek().is("(")) {
            return new Expr.Member(input, name.text(), name.position());
        }
        tokens.next();
        List<Expr> arguments = new ArrayList<>();
        while (!tokens.peek().is(")")) {
            if (!arguments.isEmpty()) {
                tokens.expect(",");
            }
            arguments.add(expression(0));
        }
        tokens.next();
        return new Expr.Call(input, name.text(), List.copyOf(arguments), name.position());
    }

    private String typeName() {
        Token first = tokens.expectName();
        if (!tokens.peek().is(".")) {
            return first.text();
        }
        tokens.next();
        return TypeNames.qualified(first.text(), tokens.expectName().text())
                .orElseThrow(() -> TokenReader.refused(first, first.shown() + " is not a namespace of types"));
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
}
