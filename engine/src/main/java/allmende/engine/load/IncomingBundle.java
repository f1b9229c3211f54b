package allmende.engine.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction or batch that came over HTTP: what its entries ask for. Their resources are left as bytes until they are
 * made ready for the store.
 *
 * @param transaction all or nothing; else each for itself
 */
public record IncomingBundle(boolean transaction, List<Entry> entries) {

    public IncomingBundle {
        entries = List.copyOf(entries);
    }

    /** What came of reading. */
    public sealed interface Read {

        /** It can be worked on. */
        record Fine(IncomingBundle bundle) implements Read {}

        /** It can't. */
        record Faulty(Rejection rejection) implements Read {}
    }

    /** An entry; parts that it lacks are null. */
    public static final class Entry {
        private final int index;
        private final EntryHead head;

        private Entry(int index, EntryHead head) {
            this.index = index;
            this.head = head;
        }

        /** Its place in the bundle, from 0. */
        public int index() {
            return index;
        }

        /** {@code entry.fullUrl}. */
        public @Nullable String fullUrl() {
            return head.fullUrl();
        }

        /** {@code entry.request.method}. */
        public @Nullable String method() {
            return head.method();
        }

        /** {@code entry.request.url}. */
        public @Nullable String url() {
            return head.url();
        }

        /** {@code entry.request.ifMatch}. */
        public @Nullable String ifMatch() {
            return head.ifMatch();
        }

        /** {@code entry.request.ifNoneMatch}. */
        public @Nullable String ifNoneMatch() {
            return head.ifNoneMatch();
        }

        /** {@code entry.request.ifModifiedSince}. */
        public @Nullable String ifModifiedSince() {
            return head.ifModifiedSince();
        }

        /** {@code entry.request.ifNoneExist}. */
        public @Nullable String ifNoneExist() {
            return head.ifNoneExist();
        }

        /** Type of the resource. */
        public @Nullable String resourceType() {
            return head.type();
        }

        /** Id of the resource. */
        public @Nullable String resourceId() {
            return head.id();
        }

        /** Whether it holds a resource. */
        public boolean hasResource() {
            return head.resource() != null;
        }

        /** The resource's bytes. */
        public byte @Nullable [] resource() {
            Slice slice = head.resource();
            return slice == null ? null : slice.copy();
        }

        @Nullable
        Slice slice() {
            return head.resource();
        }
    }

    /** Reads the outer structure of a bundle. */
    public static Read of(byte[] json, int entriesMax) {
        Slice text = Slice.of(json).trim();
        List<Piece.Entry> found = new ArrayList<>();
        BundleScan scan = scan(text, found);
        if (!scan.isSound()) {
            return new Read.Faulty(Preparer.notJson(scan.faultAt() - text.from()));
        }
        BundleKind kind = BundleKind.of(scan.type());
        if (!scan.isBundle() || (kind != BundleKind.TRANSACTION && kind != BundleKind.BATCH)) {
            return new Read.Faulty(
                    new Rejection(RejectionCode.UNSUPPORTED_BUNDLE, "send a Bundle of type transaction or batch"));
        }
        if (found.size() > entriesMax) {
            return new Read.Faulty(new Rejection(
                    RejectionCode.TOO_LARGE, "has more than " + entriesMax + " entries, the most for a bundle"));
        }
        List<Entry> entries = new ArrayList<>(found.size());
        for (Piece.Entry entry : found) {
            EntryHead head = EntryHead.of(entry.text());
            if (head == null) {
                return new Read.Faulty(new Rejection(
                        RejectionCode.MALFORMED_JSON, "not a JSON object", "Bundle.entry[" + entry.index() + "]"));
            }
            entries.add(new Entry(entry.index(), head));
        }
        return new Read.Fine(new IncomingBundle(kind == BundleKind.TRANSACTION, entries));
    }

    private static BundleScan scan(Slice text, List<Piece.Entry> entries) {
        try {
            return BundleScan.of(new JsonScan(text), Integer.MAX_VALUE, (index, from, to, entry) -> {
                if (entry != null) {
                    entries.add(new Piece.Entry(index, entry));
                }
            });
        } catch (IOException impossible) {
            throw new UncheckedIOException("in memory", impossible);
        }
    }
}
