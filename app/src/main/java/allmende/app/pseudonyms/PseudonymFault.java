package allmende.app.pseudonyms;

/** Pseudonyms were wanted that can't be had; the message says why in a sentence, without originals. */
public final class PseudonymFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PseudonymFault(String message) {
        super(message);
    }
}
