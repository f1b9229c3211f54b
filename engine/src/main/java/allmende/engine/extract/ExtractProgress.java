package allmende.engine.extract;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far an extraction is.
 *
 * @param patients how many there are
 * @param done how many of them are finished
 * @param read resources read
 * @param delivered resources handed over
 * @param left estimated time to the end; null while nothing can be said
 */
public record ExtractProgress(
        long patients,
        long done,
        long read,
        long delivered,
        @Nullable Duration left) {

    /** Finished part in hundredths, rounded down. */
    public int percent() {
        return patients == 0 ? 100 : (int) (done * 100 / patients);
    }
}
