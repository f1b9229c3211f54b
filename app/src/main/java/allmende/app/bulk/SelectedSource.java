package allmende.app.bulk;

import allmende.core.fhir.MetaSplice;
import allmende.engine.store.BulkRead;
import allmende.engine.store.BulkRead.Selection;
import allmende.engine.store.BulkRead.Stretch;
import allmende.engine.store.Store;
import allmende.engine.table.ResourceSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The selected resources of a type, for a table. */
final class SelectedSource implements ResourceSource {

    private static final int PAGE = 500;

    private final BulkRead bulk;
    private final Selection selection;
    private final Iterator<Stretch> stretches;
    private final BooleanSupplier enough;

    SelectedSource(Store store, String type, Selection selection) {
        this(store, type, selection, () -> false);
    }

    /** A source that ends early once there is enough. */
    SelectedSource(Store store, String type, Selection selection, BooleanSupplier enough) {
        this.bulk = store.bulk();
        this.selection = selection;
        this.stretches = bulk.stretches(type, PAGE).iterator();
        this.enough = enough;
    }

    @Override
    public List<byte[]> next() {
        List<byte[]> page = new ArrayList<>(PAGE);
        try {
            while (page.isEmpty() && stretches.hasNext() && !enough.getAsBoolean()) {
                bulk.read(
                        stretches.next(),
                        selection,
                        (version, at, body) -> page.add(MetaSplice.stamped(body, version, at)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page;
    }
}
