package allmende.engine.load;

/**
 * What a retry of quarantined pieces did.
 *
 * @param retried pieces that were read again
 * @param left pieces that left the quarantine since all of their resources are in the store now
 * @param remaining pieces that stay, some perhaps with a new reason
 * @param unknown ids that the quarantine does not have
 * @param load counts of the resources in them; those quarantined here are what remains
 */
public record RetryReport(long retried, long left, long remaining, long unknown, LoadReport load) {

    public RetryReport {
        if (retried != left + remaining) {
            throw new IllegalStateException("Counts of the retry do not conserve: retried " + retried + ", left " + left
                    + ", remaining " + remaining);
        }
    }
}
