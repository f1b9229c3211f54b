package allmende.engine.load;

import allmende.engine.store.Quarantine;
import allmende.engine.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Brings pieces to quarantine: small ones together, large ones as streams. */
final class RejectedPieces {

    private static final int SMALL_BYTES = 1 << 20;

    private final Store store;
    private final Tally tally;
    private final List<Quarantine.Rejected> small = new ArrayList<>();
    private long bytes;

    RejectedPieces(Store store, Tally tally) {
        this.store = store;
        this.tally = tally;
    }

    long bytes() {
        return bytes;
    }

    void add(Input input, Item.Bad bad) {
        String label = label(input, bad.place());
        String code = bad.rejection().code().code();
        String reason = bad.rejection().sentence();
        try (InputStream raw = bad.raw().open()) {
            byte[] start = raw.readNBytes(SMALL_BYTES);
            if (start.length < SMALL_BYTES) {
                small.add(new Quarantine.Rejected(input.source(), label, code, reason, start));
                bytes += start.length;
            } else {
                try (InputStream again = bad.raw().open()) {
                    store.quarantine().add(input.source(), label, code, reason, again);
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException("Bytes of a rejected piece of " + input.source(), problem);
        }
        tally.quarantined(input, label, bad.rejection().code(), bad.resources());
    }

    void flush() {
        if (!small.isEmpty()) {
            store.quarantine().add(small);
            small.clear();
            bytes = 0;
        }
    }

    /** A piece that comes back keeps its old place before the new one. */
    private static String label(Input input, Place place) {
        String inside = place.label();
        if (!input.isPiece() || input.entry().isEmpty()) {
            return inside;
        }
        return inside.isEmpty() ? input.entry() : input.entry() + ", " + inside;
    }
}
