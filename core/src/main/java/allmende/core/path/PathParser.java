package allmende.core.path;

import allmende.core.path.PathNode.Condition;
import allmende.core.path.PathNode.Elements;
import allmende.core.path.PathNode.Literal;
import java.math.BigDecimal;
import java.util.List;

/** Recursive descent over the tokens of a path. Precedence as in FHIRPath: {@code =} before and before or. */
final class PathParser {

    /** Conditions may nest this deep, so that a hostile path can't exhaust the stack. */
    private static final int MAX_NESTING = 50;

    private final List<Token> tokens;
    private int at;
    private int nesting;

    private PathParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Elements parse(String text) {
        PathParser parser = new PathParser(Tokenizer.tokens(text));
        PathNode path = parser.invocations(parser.start(true));
        Token rest = parser.peek();
        if (rest.kind() != Token.Kind.END) {
            throw refused(rest, rest.shown() + " can't follow here");
        }
        if (path instanceof Elements elements) {
            return elements;
        }
        throw new RefusedException(0, "a path must find elements; this is a condition");
    }

    private Elements start(boolean wholePath) {
        Token first = expectName();
        if (peek().is("(")) {
            at--;
            return new PathNode.Focus();
        }
        boolean isType = wholePath && Character.isUpperCase(first.text().charAt(0));
        return isType
                ? new PathNode.OfResourceType(new PathNode.Focus(), first.text())
                : new PathNode.Field(new PathNode.Focus(), first.text());
    }

    /** Everything after the first name: {@code .name}, {@code .function(…)}, over and over. */
    private PathNode invocations(Elements start) {
        PathNode path = start;
        boolean functionFirst = start instanceof PathNode.Focus;
        while (functionFirst || peek().is(".")) {
            if (!functionFirst) {
                next();
            }
            functionFirst = false;
            Token name = expectName();
            path = peek().is("(") ? function(path, name) : field(path, name);
        }
        return path;
    }

    private static Elements field(PathNode input, Token name) {
        return new PathNode.Field(elements(input, name), name.text());
    }

    private PathNode function(PathNode input, Token name) {
        expect("(");
        PathNode result =
                switch (name.text()) {
                    case "where" -> new PathNode.Where(elements(input, name), condition());
                    case "exists" -> exists(elements(input, name));
                    case "empty" -> new PathNode.Not(new PathNode.Exists(elements(input, name)));
                    case "first" -> new PathNode.First(elements(input, name));
                    case "extension" -> new PathNode.Extension(elements(input, name), expectText());
                    case "ofType" -> ofType(elements(input, name), name);
                    case "not" -> new PathNode.Not(truth(input));
                    default ->
                        throw refused(name, "the function " + name.text() + "() is not part of the paths understood");
                };
        expect(")");
        return result;
    }

    private Condition exists(Elements input) {
        return peek().is(")")
                ? new PathNode.Exists(input)
                : new PathNode.Exists(new PathNode.Where(input, condition()));
    }

    private Elements ofType(Elements input, Token name) {
        String type = expectName().text();
        if (input instanceof PathNode.Field(Elements owner, String field) && ChoiceTypes.isChoice(field)) {
            if (ChoiceTypes.isDataType(type)) {
                return new PathNode.Choice(owner, field, type);
            }
        }
        if (ChoiceTypes.isDataType(type)) {
            throw refused(name, "ofType(" + type + ") must follow directly on an element that has a choice of types");
        }
        return new PathNode.OfResourceType(input, type);
    }

    private Condition condition() {
        if (++nesting > MAX_NESTING) {
            throw refused(peek(), "conditions are nested too deep");
        }
        Condition left = conjunction();
        while (peek().isWord("or")) {
            next();
            left = new PathNode.Or(left, conjunction());
        }
        nesting--;
        return left;
    }

    private Condition conjunction() {
        Condition left = comparison();
        while (peek().isWord("and")) {
            next();
            left = new PathNode.And(left, comparison());
        }
        return left;
    }

    private Condition comparison() {
        if (peek().is("(")) {
            next();
            Condition inner = condition();
            expect(")");
            return inner;
        }
        PathNode left = invocations(start(false));
        boolean equal = peek().is("=");
        if (!equal && !peek().is("!=")) {
            return truth(left);
        }
        Elements input = elements(left, next());
        return equal ? new PathNode.Equal(input, literal()) : new PathNode.Unequal(input, literal());
    }

    private Literal literal() {
        Token token = next();
        return switch (token.kind()) {
            case STRING -> new Literal.Text(token.text());
            case NUMBER -> new Literal.Decimal(new BigDecimal(token.text()));
            case IDENTIFIER, MOMENT, SYMBOL, END -> {
                if (token.isWord("true") || token.isWord("false")) {
                    yield new Literal.Truth(token.isWord("true"));
                }
                throw refused(token, "a text, a number, true or false must stand here, not " + token.shown());
            }
        };
    }

    private static Condition truth(PathNode node) {
        return switch (node) {
            case Condition condition -> condition;
            case Elements elements -> new PathNode.IsTrue(elements);
        };
    }

    private static Elements elements(PathNode node, Token after) {
        if (node instanceof Elements elements) {
            return elements;
        }
        throw refused(after, after.shown() + " can't follow a condition");
    }

    private String expectText() {
        Token token = next();
        if (token.kind() != Token.Kind.STRING) {
            throw refused(token, "a text in single quotes must stand here, not " + token.shown());
        }
        return token.text();
    }

    private Token expectName() {
        Token token = next();
        if (token.kind() != Token.Kind.IDENTIFIER
                || token.text().isEmpty()
                || token.text().startsWith("$")) {
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
