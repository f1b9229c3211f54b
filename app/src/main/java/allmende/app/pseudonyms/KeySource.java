package allmende.app.pseudonyms;

/** Where the keys of the domains come from: derived from one that is kept safe. */
@FunctionalInterface
public interface KeySource {

    /**
     * A key for a purpose; always the same for the same.
     *
     * @param purpose names the purpose
     * @param bytes length
     */
    byte[] derive(String purpose, int bytes);
}
