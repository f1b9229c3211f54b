package allmende.engine.extract;

/** An extraction that can't be carried out; the message is a sentence for whoever asked for it, without patient data. */
public final class ExtractFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For this reason. */
    public ExtractFailed(String reason) {
        super(reason);
    }

    /** Why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
