package allmende.core.path;

/** Leaves the parser at the first thing outside the subset; {@link ElementPath#read} makes a value of it. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int position;
    private final String reason;

    RefusedException(int position, String reason) {
        super(reason, null, false, false);
        this.position = position;
        this.reason = reason;
    }

    int position() {
        return position;
    }

    String reason() {
        return reason;
    }
}
