package allmende.app.projects;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was released.
 *
 * @param id random name
 * @param project identifier of the project
 * @param build what it was made of
 * @param by who sent it off
 * @param at when
 * @param channel how it leaves
 * @param approvedBy who approved it
 * @param expiry from when on it can't be fetched
 * @param files the encrypted files
 * @param stoppedAt when it was stopped; null where it was not
 * @param stopped why; empty where it was not
 */
record Delivery(
        String id,
        String project,
        long build,
        String by,
        Instant at,
        Channel channel,
        List<String> approvedBy,
        Instant expiry,
        List<SealedFile> files,
        @Nullable Instant stoppedAt,
        String stopped) {

    /** Copies the lists. */
    Delivery {
        approvedBy = List.copyOf(approvedBy);
        files = List.copyOf(files);
    }

    /** How a delivery leaves. */
    enum Channel {
        /** The recipient fetches it with a token. */
        DOWNLOAD,
        /** It is put into the site's FHIR store, where the transport software looks for it. */
        STORE
    }

    /** An encrypted file: name, bytes, SHA-256. */
    record SealedFile(String name, long bytes, String sha256) {}

    /** Whether it can be fetched at this time, as far as time and stops are concerned. */
    boolean open(Instant now) {
        return stoppedAt == null && now.isBefore(expiry);
    }
}
