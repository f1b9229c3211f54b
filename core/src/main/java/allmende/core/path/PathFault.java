package allmende.core.path;

/**
 * An expression has no meaning for the data it was given, such as a comparison of two elements with one. Says what and
 * where in the expression, never what the data hold.
 */
public final class PathFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int position;

    PathFault(int position, String reason) {
        super(reason, null, false, false);
        this.position = position;
    }

    /** Where in the text of the expression, from 0. */
    public int position() {
        return position;
    }

    /** A sentence that says what is wrong. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
