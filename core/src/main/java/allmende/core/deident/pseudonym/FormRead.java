package allmende.core.deident.pseudonym;

/** Whether pseudonyms can have a form. */
public sealed interface FormRead {

    /** They can. */
    record Usable(PseudonymForm form) implements FormRead {}

    /** They can't. */
    record Unusable(Fault fault) implements FormRead {}

    /** What is wrong with a form. */
    enum Fault {
        /** The symbols are no alphabet: 2 to 64 different letters, digits, hyphens, underscores. */
        ALPHABET,
        /** The length is not from 1 to 64. */
        LENGTH,
        /** The prefix has more than 32 symbols, or others than letters, digits, hyphen, dot, underscore. */
        PREFIX,
        /** The check method does not work with an alphabet of this size. */
        CHECK_ALPHABET,
        /** The check method does not work with words that long. */
        CHECK_LENGTH,
        /** There would be room for hardly anybody. */
        TOO_FEW
    }
}
