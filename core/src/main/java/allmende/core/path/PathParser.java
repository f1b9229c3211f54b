package allmende.core.path;

import allmende.core.path.PathNode.Condition;
import allmende.core.path.PathNode.Elements;
import allmende.core.path.PathNode.Literal;
import java.math.BigDecimal;

/** Recursive descent over the tokens of a path. Precedence as in FHIRPath: {@code =} before and before or. */
final class PathParser {

    /** Conditions may nest this deep, so that a hostile path can't exhaust the stack. */
    private static final int MAX_NESTING = 50;

    private final TokenReader tokens;
    private int nesting;

    private PathParser(TokenReader tokens) {
        this.tokens = tokens;
    }

    static Elements parse(String text) {
        PathParser parser = new PathParser(new TokenReader(Tokenizer.tokens(text)));
        PathNode path = parser.invocations(parser.start(true));
        parser.tokens.expectEnd();
        if (path instanceof Elements elements) {
            return elements;
        }
        throw new RefusedException(0, "a path must find elements; this is a condition");
    }

    private Elements start(boolean wholePath) {
        Token first = tokens.expectName();
        if (tokens.peek().is("(")) {
            tokens.back();
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
        while (functionFirst || tokens.peek().is(".")) {
            if (!functionFirst) {
                tokens.next();
            }
            functionFirst = false;
            Token name = tokens.expectName();
            path = tokens.peek().is("(") ? function(path, name) : field(path, name);
        }
        return path;
    }

    private static Elements field(PathNode input, Token name) {
        return new PathNode.Field(elements(input, name), name.text());
    }

    private PathNode function(PathNode input, Token name) {
        tokens.expect("(");
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
                        throw TokenReader.refused(
                                name, "the function " + name.text() + "() is not part of the paths understood");
                };
        tokens.expect(")");
        return result;
    }

    private Condition exists(Elements input) {
        return tokens.peek().is(")")
                ? new PathNode.Exists(input)
                : new PathNode.Exists(new PathNode.Where(input, condition()));
    }

    private Elements ofType(Elements input, Token name) {
        String type = tokens.expectName().text();
        if (input instanceof PathNode.Field(Elements owner, String field) && ChoiceTypes.isChoice(field)) {
            if (ChoiceTypes.isDataType(type)) {
                return new PathNode.Choice(owner, field, type);
            }
        }
        if (ChoiceTypes.isDataType(type)) {
            throw TokenReader.refused(
                    name, "ofType(" + type + ") must follow directly on an element that has a choice of types");
        }
        return new PathNode.OfResourceType(input, type);
    }

    private Condition condition() {
        if (++nesting > MAX_NESTING) {
            throw TokenReader.refused(tokens.peek(), "conditions are nested too deep");
        }
        Condition left = conjunction();
        while (tokens.peek().isWord("or")) {
            tokens.next();
            left = new PathNode.Or(left, conjunction());
        }
        nesting--;
        return left;
    }

    private Condition conjunction() {
        Condition left = comparison();
        while (tokens.peek().isWord("and")) {
            tokens.next();
            left = new PathNode.And(left, comparison());
        }
        return left;
    }

    private Condition comparison() {
        if (tokens.peek().is("(")) {
            tokens.next();
            Condition inner = condition();
            tokens.expect(")");
            return inner;
        }
        PathNode left = invocations(start(false));
        boolean equal = tokens.peek().is("=");
        if (!equal && !tokens.peek().is("!=")) {
            return truth(left);
        }
        Elements input = elements(left, tokens.next());
        return equal ? new PathNode.Equal(input, literal()) : new PathNode.Unequal(input, literal());
    }

    private Literal literal() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case STRING -> new Literal.Text(token.text());
            case NUMBER -> new Literal.Decimal(new BigDecimal(token.text()));
            case IDENTIFIER, MOMENT, SYMBOL, END -> {
                if (token.isWord("true") || token.isWord("false")) {
                    yield new Literal.Truth(token.isWord("true"));
                }
                throw TokenReader.refused(
                        token, "a text, a number, true or false must stand here, not " + token.shown());
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
        throw TokenReader.refused(after, after.shown() + " can't follow a condition");
    }

    private String expectText() {
        Token token = tokens.next();
        if (token.kind() != Token.Kind.STRING) {
            throw TokenReader.refused(token, "a text in single quotes must stand here, not " + token.shown());
        }
        return token.text();
    }
}
