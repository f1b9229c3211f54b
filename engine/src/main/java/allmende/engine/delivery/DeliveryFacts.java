package allmende.engine.delivery;

import allmende.core.digest.Sha256;
import allmende.core.profile.Words;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What a delivery says about itself. Nothing of it is worked out here: two runs with the same facts yield the same bytes.
 *
 * @param id identifies the extraction
 * @param project identifies the data use project
 * @param title what people call it
 * @param publisher the site that hands it out
 * @param created when
 * @param t the snapshot of the site's data
 * @param day the day for which consent was evaluated
 * @param consent the rules by which it was, for people
 * @param request SHA-256 of the request (CRTDL), in hex
 * @param rules name and hash of the rules of de-identification, and the k up to which patients were left out, if so; empty
 *     where there was none
 * @param conditions under which the recipient may use it
 * @param program name and version of the program
 */
public record DeliveryFacts(
        String id,
        String project,
        String title,
        String publisher,
        Instant created,
        long t,
        LocalDate day,
        String consent,
        String request,
        String rules,
        Words conditions,
        String program) {

    /** SHA-256 of a document such as the request, in hex. */
    public static String hash(byte[] document) {
        return Sha256.hex(document);
    }
}
