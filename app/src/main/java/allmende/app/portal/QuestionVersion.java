package allmende.app.portal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A state of a question that was kept under a name.
 *
 * @param number from 1
 * @param name what its author calls it
 * @param document CRTDL as JSON text
 * @param account number of the account that kept it
 * @param at when
 */
public record QuestionVersion(int number, String name, String document, long account, Instant at) {

    /** The document in UTF-8, as readers take it. */
    public byte[] bytes() {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
