package allmende.app.pseudonyms;

import java.util.Arrays;
import java.util.Optional;

/** The operations of the pseudonymisation interface of the Medical Informatics Initiative, version 2026.1. */
enum MiiOperation {
    PSEUDONYMIZE("pseudonymize"),
    PSEUDONYMIZE_MULTIPLE("pseudonymize-multiple"),
    GET_PSEUDONYM("get-pseudonym"),
    DE_PSEUDONYMIZE("de-pseudonymize"),
    DELETE_PSEUDONYM("delete-pseudonym"),
    ANONYMIZE_ORIGINAL("anonymize-original");

    private final String code;

    MiiOperation(String code) {
        this.code = code;
    }

    /** Its name without the dollar. */
    String code() {
        return code;
    }

    /** The operation at the end of an address, which begins with a dollar. */
    static Optional<MiiOperation> ofAddress(String segment) {
        return Arrays.stream(values())
                .filter(operation -> segment.equals("$" + operation.code))
                .findFirst();
    }
}
