package allmende.core.disclosure;

import allmende.core.digest.Sha256;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an approval is about, all of it: whoever approves, approves exactly this, and any other value is another binding.
 *
 * @param project identifier of the data use project
 * @param purpose what the data may be used for, as it was requested
 * @param vote what the use and access committee has decided; null where it has not
 * @param crtdlHash SHA-256 of the request's bytes, hexadecimal
 * @param ruleSetHash hash of the rules of de-identification
 * @param snapshotT transaction up to which the site's data was read
 * @param consentDay the day by which consent was judged
 * @param recipientKey fingerprint of the public key that the files are encrypted for
 * @param contentHash SHA-256 over the files that were built, hexadecimal
 * @param expiry from when on nothing of it may be fetched
 */
public record DeliveryBinding(
        String project,
        String purpose,
        @Nullable CommitteeVote vote,
        String crtdlHash,
        String ruleSetHash,
        long snapshotT,
        LocalDate consentDay,
        String recipientKey,
        String contentHash,
        Instant expiry) {

    /** Refuses a binding to nothing. */
    public DeliveryBinding {
        for (String part : List.of(project, purpose, crtdlHash, ruleSetHash, recipientKey, contentHash)) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("a delivery is bound to all of its parts");
            }
        }
    }

    /** SHA-256 over all parts, hexadecimal; two bindings have the same only where every part is the same. */
    public String hash() {
        StringBuilder text = new StringBuilder("allmende-delivery-2\n");
        for (String part : List.of(
                project,
                purpose,
                vote == null ? "" : vote.written(),
                crtdlHash,
                ruleSetHash,
                Long.toString(snapshotT),
                consentDay.toString(),
                recipientKey,
                contentHash,
                expiry.toString())) {
            // the length first, so that no part can pass for the end of one and the beginning of the next
            text.append(part.length()).append(':').append(part).append('\n');
        }
        return Sha256.hex(text.toString());
    }
}
