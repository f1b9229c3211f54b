package allmende.core.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts the text of a path into tokens (FHIRPath 2.0, section 12.1). */
final class Tokenizer {

    private static final Set<String> TWO_LETTERS = Set.of("!=", "!~", "<=", ">=");
    private static final String ONE_LETTER = ".(),[]{}=~<>+-*/|&%";

    private final String text;
    private int at;

    private Tokenizer(String text) {
        this.text = text;
    }

    /** The tokens, with {@link Token.Kind#END} at the end. */
    static List<Token> tokens(String text) {
        Tokenizer tokenizer = new Tokenizer(text);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = tokenizer.next();
            tokens.add(token);
        } while (token.kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        skipBlanks();
        int start = at;
        if (at == text.length()) {
            return new Token(Token.Kind.END, "", start);
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '`') {
            String quoted = quoted(c);
            return new Token(c == '`' ? Token.Kind.IDENTIFIER : Token.Kind.STRING, quoted, start);
        }
        if (c == '@') {
            return new Token(Token.Kind.MOMENT, moment(), start);
        }
        if (isLetter(c) || c == '$') {
            return new Token(Token.Kind.IDENTIFIER, letters(), start);
        }
        if (isDigit(c)) {
            return new Token(Token.Kind.NUMBER, number(), start);
        }
        return new Token(Token.Kind.SYMBOL, symbol(), start);
    }

    private void skipBlanks() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                skipTo("\n", text.length());
            } else if (text.startsWith("/*", at)) {
                int start = at;
                skipTo("*/", -1);
                if (at < 0) {
                    throw new RefusedException(start, "the end of the comment is missing");
                }
            } else {
                return;
            }
        }
    }

    private void skipTo(String end, int otherwise) {
        int found = text.indexOf(end, at + 2);
        at = found < 0 ? otherwise : found + end.length();
    }

    /** A date and time, as far as its letters go; whether it is one, the parser says. */
    private String moment() {
        int start = ++at;
        while (at < text.length() && (isDigit(text.charAt(at)) || isInMoment(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean isInMoment(int place) {
        char c = text.charAt(place);
        boolean fraction = c == '.' && place + 1 < text.length() && isDigit(text.charAt(place + 1));
        return fraction || "-:TZ+".indexOf(c) >= 0;
    }

    private String letters() {
        int start = at;
        at++;
        while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String number() {
        int start = at;
        skipDigits();
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            skipDigits();
        }
        return text.substring(start, at);
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private String symbol() {
        String two = text.substring(at, Math.min(at + 2, text.length()));
        String symbol = TWO_LETTERS.contains(two) ? two : two.substring(0, 1);
        if (!TWO_LETTERS.contains(symbol) && ONE_LETTER.indexOf(symbol.charAt(0)) < 0) {
            String whole = Character.toString(text.codePointAt(at));
            throw new RefusedException(at, "'" + whole + "' is not part of the paths that are understood");
        }
        at += symbol.length();
        return symbol;
    }

    private String quoted(char quote) {
        int start = at;
        StringBuilder content = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\') {
                content.append(escape());
            } else {
                content.append(text.charAt(at));
                at++;
            }
        }
        if (at == text.length()) {
            throw new RefusedException(start, "the closing quote is missing");
        }
        at++;
        if (content.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new RefusedException(start, "half of a surrogate pair is no character");
        }
        return content.toString();
    }

    private char escape() {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (kind == 'u') {
            return unicode();
        }
        char meant =
                switch (kind) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'f' -> '\f';
                    case '\'', '"', '`', '\\', '/' -> kind;
                    default -> throw new RefusedException(at, "an unknown escape");
                };
        at += 2;
        return meant;
    }

    private char unicode() {
        int end = at + 6;
        int code = 0;
        for (int i = at + 2; i < end; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new RefusedException(at, "\\u needs four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        at = end;
        return (char) code;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
