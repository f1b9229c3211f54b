package allmende.engine.table;

/** A value does not fit the type that the view declares for its column. Names the column, never the value. */
public final class CellFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    CellFault(String column, String reason) {
        super("The column " + column + ": " + reason, null, false, false);
    }

    /** A sentence that says which column, and why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
