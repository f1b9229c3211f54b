package allmende.app.projects;

import allmende.core.digest.Sha256;
import allmende.core.disclosure.CommitteeVote;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A data use project as it is kept.
 *
 * @param id identifier, as contracts name it
 * @param title one line
 * @param purpose what the data may be used for
 * @param legalBasis what permits it
 * @param vote what the use and access committee has decided about this request; null where it has not
 * @param request what is wanted
 * @param recipient who gets it
 * @param expiry from when on nothing of it may be fetched
 * @param state where it is
 * @param changedBy who brought it there
 * @param changedAt when
 */
record DataUseProject(
        String id,
        String title,
        String purpose,
        String legalBasis,
        @Nullable CommitteeVote vote,
        Request request,
        Recipient recipient,
        Instant expiry,
        ProjectState state,
        String changedBy,
        Instant changedAt) {

    /**
     * What is wanted.
     *
     * @param crtdl the data selection
     * @param crtdlHash its SHA-256
     * @param ruleSetName name of the rules for de-identification
     * @param ruleSet those rules
     * @param ruleSetHash their hash
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Request(byte[] crtdl, String crtdlHash, String ruleSetName, byte[] ruleSet, String ruleSetHash) {

        /** Names selection and rules together. */
        String hash() {
            return Sha256.hex(crtdlHash + " " + ruleSetHash);
        }
    }

    /**
     * Who gets it.
     *
     * @param name person and institution
     * @param key public key, PEM
     * @param fingerprint of the key
     */
    record Recipient(String name, String key, String fingerprint) {}

    /** The same in another state. */
    DataUseProject in(ProjectState other) {
        return new DataUseProject(
                id, title, purpose, legalBasis, vote, request, recipient, expiry, other, changedBy, changedAt);
    }
}
