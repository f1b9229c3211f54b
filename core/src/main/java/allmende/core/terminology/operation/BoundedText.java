package allmende.core.terminology.operation;

import java.util.regex.Pattern;

/**
 * A text that a regular expression may look at only so often: an expression that would try for ever (every value set may
 * bring one) ends in {@link TooLong}.
 */
final class BoundedText implements CharSequence {

    /** Longest expression in characters. */
    static final int PATTERN_MAX = 500;

    private static final int LOOKS_MAX = 20_000;

    private final CharSequence text;
    private final int[] looks;

    private BoundedText(CharSequence text, int[] looks) {
        this.text = text;
        this.looks = looks;
    }

    /** The expression tries too long. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("a regular expression tries too long", null, false, false);
        }
    }

    /** Whether the whole text matches. */
    static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(new BoundedText(text, new int[1])).matches();
    }

    @Override
    public char charAt(int index) {
        if (++looks[0] > LOOKS_MAX) {
            throw new TooLong();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
