package allmende.core.path;

/**
 * A token of a path.
 *
 * @param text an identifier, a string without quotes and escapes, a number or date as written, or the symbol itself
 * @param position where it starts in the path, from 0
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        IDENTIFIER,
        STRING,
        NUMBER,
        /** A date or time, without its {@code @}. */
        MOMENT,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.IDENTIFIER && text.equals(word);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case STRING -> "a text";
            case IDENTIFIER, NUMBER, MOMENT, SYMBOL -> "'" + text + "'";
        };
    }
}
