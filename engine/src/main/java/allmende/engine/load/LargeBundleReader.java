package allmende.engine.load;

import allmende.core.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document that does not fit into memory: a batch or collection, entry by entry. It reads twice: first to learn
 * what the entries are called, since earlier ones may refer to later ones, then to hand them over. Any other document of
 * this size is set aside whole; a transaction, since it can't be written at once.
 */
final class LargeBundleReader {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Input input;
    private final Limits limits;
    private final PieceReader.Sink sink;
    private long rawBytesTold;

    LargeBundleReader(Input input, Limits limits, PieceReader.Sink sink) {
        this.input = input;
        this.limits = limits;
        this.sink = sink;
    }

    void read() throws InterruptedException, IOException {
        Outline outline = outline();
        BundleScan scan = outline.scan();
        BundleKind kind = BundleKind.of(scan.type());
        if (!scan.isBundle() || kind == null || kind == BundleKind.TRANSACTION) {
            boolean countable = scan.isSound() && kind == BundleKind.TRANSACTION;
            int resources = countable ? Math.max(1, scan.entries()) : 1;
            takeBad(whole(scan.isSound() ? tooLarge(scan) : outline.damage(), resources));
            return;
        }
        if (scan.entries() > limits.bundleEntries()) {
            takeBad(whole(Preparer.tooManyEntries(limits), scan.entries()));
            return;
        }
        BundlePlan plan = plan(kind, outline.digest(), scan.links());
        handOver(plan);
        if (!scan.isSound()) {
            Raw rest = new Raw.InInput(input, scan.faultAt(), Long.MAX_VALUE);
            takeBad(new Item.Bad(Place.restFrom(scan.faultAt()), rest, outline.damage(), 1));
        }
    }

    private Rejection tooLarge(BundleScan scan) {
        if (scan.isBundle() && BundleKind.of(scan.type()) == null) {
            return Preparer.unsupported();
        }
        return scan.isBundle()
                ? new Rejection(
                        RejectionCode.TOO_LARGE, "a transaction has at most " + (limits.documentBytes() >> 20) + " MiB")
                : ResourceReader.tooLarge(limits);
    }

    /** What the first reading tells. */
    private record Outline(BundleScan scan, String digest, Rejection damage) {}

    private Outline outline() throws IOException {
        MessageDigest digest = Sha256.fresh();
        try (InputBytes in = input.open();
                InputStream digesting = new DigestInputStream(in, digest)) {
            BundleScan scan = BundleScan.of(new JsonScan(digesting), 0, BundleScan.Visitor.NONE);
            Rejection damage = in.damage();
            return new Outline(
                    scan,
                    HexFormat.of().formatHex(digest.digest()),
                    damage != null ? damage : Preparer.notJson(scan.faultAt()));
        }
    }

    private BundlePlan plan(BundleKind kind, String digest, Map<String, String> links) throws IOException {
        BundlePlan plan = BundlePlan.begin(kind, digest, links);
        try (InputBytes in = input.open()) {
            BundleScan.of(new JsonScan(in), limits.resourceBytes(), (index, from, to, text) -> {
                EntryHead head = text == null ? null : EntryHead.of(text);
                if (head != null) {
                    plan.note(index, head);
                }
            });
        }
        return plan.complete();
    }

    private void handOver(BundlePlan plan) throws InterruptedException, IOException {
        try (InputBytes in = input.open()) {
            Chunks chunks = new Chunks(plan, in);
            try {
                BundleScan.of(new JsonScan(in), limits.resourceBytes(), chunks);
            } catch (Interrupted interrupted) {
                InterruptedException again = new InterruptedException();
                again.initCause(interrupted);
                throw again;
            }
            chunks.emit();
        }
    }

    private Item.Bad whole(Rejection rejection, int resources) {
        return new Item.Bad(Place.WHOLE, new Raw.InInput(input, 0, Long.MAX_VALUE), rejection, resources);
    }

    private void takeBad(Item.Bad bad) throws InterruptedException {
        sink.take(new Piece.Broken(input, bad), Math.max(0, input.size() - rawBytesTold));
        rawBytesTold = input.size();
    }

    /** Carries an interruption through the scan. */
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted(InterruptedException cause) {
            super(cause);
        }
    }

    /** Collects entries and hands them over in stretches. */
    private final class Chunks implements BundleScan.Visitor {
        private final BundlePlan plan;
        private final InputBytes in;
        private List<Piece.Entry> entries = new ArrayList<>();
        private int bytes;

        Chunks(BundlePlan plan, InputBytes in) {
            this.plan = plan;
            this.in = in;
        }

        @Override
        public void entry(int index, long from, long to, @Nullable Slice text) {
            try {
                if (text == null) {
                    emit();
                    Raw raw = new Raw.InInput(input, from, to);
                    takeBad(new Item.Bad(Place.WHOLE.entry(index), raw, ResourceReader.tooLarge(limits), 1));
                    return;
                }
                entries.add(new Piece.Entry(index, text));
                bytes += text.length();
                if (bytes >= CHUNK_BYTES) {
                    emit();
                }
            } catch (InterruptedException interrupted) {
                throw new Interrupted(interrupted);
            }
        }

        void emit() throws InterruptedException {
            if (!entries.isEmpty()) {
                long rawBytes = in.rawBytesRead();
                sink.take(new Piece.Entries(input, plan, entries, bytes), rawBytes - rawBytesTold);
                rawBytesTold = rawBytes;
                entries = new ArrayList<>();
                bytes = 0;
            }
        }
    }
}
