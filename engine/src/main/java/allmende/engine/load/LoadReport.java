package allmende.engine.load;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of a load; they conserve: received = stored + unchanged + quarantined. They count resources, and pieces that
 * can't be told apart into resources. A transaction bundle that is refused is one piece in quarantine and counts as many
 * as it has entries.
 *
 * @param received resources and unreadable pieces that came
 * @param stored created, updated or deleted
 * @param unchanged already there with the same bytes; or the condition of their creation found them
 * @param quarantined set aside with a reason
 * @param t newest transaction of the load; the store's current one where nothing changed
 * @param storedByType of the stored ones, how many by resource type
 * @param quarantinedByCode of the quarantined ones, how many by {@link RejectionCode#code()}
 * @param pieces how many entries of the quarantine they are
 * @param ignored files that are not meant for loading, and why
 */
public record LoadReport(
        long received,
        long stored,
        long unchanged,
        long quarantined,
        long t,
        Map<String, Long> storedByType,
        Map<String, Long> quarantinedByCode,
        long pieces,
        List<Ignored> ignored) {

    public LoadReport {
        if (received != stored + unchanged + quarantined) {
            throw new IllegalStateException("Counts of the load do not conserve: received " + received + ", stored "
                    + stored + ", unchanged " + unchanged + ", quarantined " + quarantined);
        }
        storedByType = Collections.unmodifiableMap(new TreeMap<>(storedByType));
        quarantinedByCode = Collections.unmodifiableMap(new TreeMap<>(quarantinedByCode));
        ignored = List.copyOf(ignored);
    }

    /** A file that was not loaded, and a sentence why. */
    public record Ignored(Path file, String reason) {}
}
