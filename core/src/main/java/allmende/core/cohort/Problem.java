package allmende.core.cohort;

/**
 * Why a query can't be answered.
 *
 * @param pointer JSON pointer (RFC 6901) to the place in the document; empty for the whole document
 * @param message a sentence for the person who wrote the query, with what to do
 */
public record Problem(String pointer, String message) {}
