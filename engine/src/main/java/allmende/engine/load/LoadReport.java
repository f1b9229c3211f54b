package allmende.engine.load;

/**
 * Counts of a load; they conserve: received = stored + unchanged + quarantined.
 *
 * @param received resources and unreadable pieces that came
 * @param stored created, updated or deleted
 * @param unchanged already there with the same bytes
 * @param quarantined set aside with a reason
 * @param t newest transaction of the load; the store's current one where nothing changed
 */
public record LoadReport(long received, long stored, long unchanged, long quarantined, long t) {

    public LoadReport {
        if (received != stored + unchanged + quarantined) {
            throw new IllegalStateException("Counts of the load do not conserve: received " + received + ", stored "
                    + stored + ", unchanged " + unchanged + ", quarantined " + quarantined);
        }
    }
}
