package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.digest.Sha256;
import allmende.core.terminology.Terminology;

/** Tells whether an index was built with the same rules and the same concept numbers. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Catalogue catalogue, Terminology terminology) {
        String text = catalogue + "\n" + terminology.fingerprint();
        return Sha256.hex(text);
    }
}
