package allmende.core.view;

/**
 * A resource does not fit a view, such as two names where the view says there is one. Says which part of the view and why,
 * never what the resource holds.
 */
public final class ViewFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    ViewFault(String part, String reason) {
        super(part + ": " + reason, null, false, false);
    }

    /** A sentence that says which part of the view does not fit, and why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
