package allmende.core.path;

import java.util.List;

/** Reads the tokens of a path one after the other and refuses those that can't stand where they do. */
final class TokenReader {

    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The next token, which stays the next one. */
    Token peek() {
        return tokens.get(at);
    }

    /** The next token; the end comes again and again. */
    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    /** Makes the token that was read last the next one again. */
    void back() {
        at--;
    }

    /** Reads a name. */
    Token expectName() {
        Token token = next();
        if (token.kind() != Token.Kind.IDENTIFIER
                || token.text().isEmpty()
                || token.text().startsWith("$")) {
            throw refused(token, "a name must stand here, not " + token.shown());
        }
        return token;
    }

    /** Reads this symbol. */
    void expect(String symbol) {
        Token token = next();
        if (!token.is(symbol)) {
            throw refused(token, "'" + symbol + "' must stand here, not " + token.shown());
        }
    }

    /** Nothing may follow any more. */
    void expectEnd() {
        Token rest = peek();
        if (rest.kind() != Token.Kind.END) {
            throw refused(rest, rest.shown() + " can't follow here");
        }
    }

    static RefusedException refused(Token token, String reason) {
        return new RefusedException(token.position(), reason);
    }
}
