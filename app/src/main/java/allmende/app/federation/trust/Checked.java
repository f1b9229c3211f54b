package allmende.app.federation.trust;

/**
 * What came of checking a signed statement.
 *
 * @param <T> what the statement says
 */
public sealed interface Checked<T> {

    /**
     * Believed.
     *
     * @param signer who signed it
     */
    record Good<T>(T content, Standing.Trusted signer) implements Checked<T> {}

    /** Not believed. */
    record Bad<T>(Rejection reason) implements Checked<T> {}
}
