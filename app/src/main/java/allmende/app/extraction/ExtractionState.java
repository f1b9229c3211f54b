package allmende.app.extraction;

import allmende.engine.extract.ExtractProgress;
import allmende.engine.extract.ExtractReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job is.
 *
 * @param version counts changes of state and priority
 * @param t its snapshot; 0 before it began to work
 * @param progress as far as this server worked on it
 * @param report what it did; null before it is done
 * @param failure why it failed, a sentence; null where it did not
 * @param ended null while it goes on
 */
public record ExtractionState(
        String id,
        ExtractionOrder order,
        Phase phase,
        Priority priority,
        int version,
        long t,
        ExtractProgress progress,
        @Nullable ExtractReport report,
        @Nullable String failure,
        Instant begun,
        @Nullable Instant ended) {

    /** What a job can be. */
    public enum Phase {
        /** It waits for its turn. */
        WAITING,
        /** It is worked on. */
        RUNNING,
        /** Somebody holds it. */
        PAUSED,
        /** It is done, all of it. */
        DONE,
        /** It can't be done. */
        FAILED,
        /** Somebody stopped it. */
        CANCELLED;

        /** Whether nothing more happens. */
        public boolean ended() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }
    }

    /** Which jobs come first (FHIR R4, request-priority), the most urgent last. */
    public enum Priority {
        ROUTINE,
        URGENT,
        ASAP,
        STAT
    }
}
