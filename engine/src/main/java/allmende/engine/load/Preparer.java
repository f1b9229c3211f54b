package allmende.engine.load;

import allmende.core.fhir.ResourceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes units for the store of the pieces that the reader found. Keeps no state: several threads share one. */
final class Preparer {

    private static final int BEGINNING_BYTES = 128;
    private static final byte[] BUNDLE = "\"Bundle\"".getBytes(StandardCharsets.US_ASCII);

    private final ResourceReader reader;
    private final BundlePreparer bundles;
    private final Limits limits;

    Preparer(Limits limits) {
        this.limits = limits;
        this.reader = new ResourceReader(limits);
        this.bundles = new BundlePreparer(reader, limits);
    }

    List<Unit> prepare(Piece piece, Wanted wanted) {
        UnitList units = new UnitList(piece.input(), wanted);
        switch (piece) {
            case Piece.Lines lines -> prepareLines(lines, wanted, units);
            case Piece.Document document -> prepareDocument(document, units);
            case Piece.Entries entries -> addEntries(entries.entries(), entries.plan(), Place.WHOLE, units);
            case Piece.Broken broken -> units.add(broken.item());
        }
        return units.complete();
    }

    private void prepareLines(Piece.Lines lines, Wanted wanted, UnitList units) {
        byte[] array = lines.text().array();
        long line = lines.firstLine();
        int from = lines.text().from();
        while (from < lines.text().to()) {
            int end = from;
            while (end < lines.text().to() && array[end] != '\n') {
                end++;
            }
            Slice trimmed = new Slice(array, from, end).trim();
            if (trimmed.length() > 0 && wanted.hasLine(line)) {
                prepareLine(Place.line(line), trimmed, units);
            }
            line++;
            from = end + 1;
        }
    }

    /** A line is a resource, unless it is a bundle that tells what to do with its entries. */
    private void prepareLine(Place place, Slice text, UnitList units) {
        boolean bundle = text.start(BEGINNING_BYTES).indexOf(BUNDLE) >= 0;
        Item single = bundle ? null : prepareSingle(place, text);
        // a faulty line, or one whose type stands late, may still be a bundle of which the rest is good
        boolean surelySingle =
                single instanceof Item.Ready ready && !ready.action().type().equals("Bundle");
        if (!surelySingle && text.indexOf(BUNDLE) >= 0 && prepareBundleLine(place, text, units)) {
            return;
        }
        units.add(single == null ? prepareSingle(place, text) : single);
    }

    private boolean prepareBundleLine(Place place, Slice text, UnitList units) {
        List<Piece.Entry> entries = new ArrayList<>();
        BundleScan scan = scan(text, entries);
        BundleKind kind = BundleKind.of(scan.type());
        if (!scan.isSound() || !scan.isBundle() || kind == null || "document".equals(scan.type())) {
            return false;
        }
        prepareBundle(new Found(place, text, scan, entries), kind, units);
        return true;
    }

    private void prepareDocument(Piece.Document document, UnitList units) {
        Slice text = document.text().trim();
        Rejection damage = document.damage();
        if (units.input().form() == Input.Form.LINE) {
            prepareLine(Place.WHOLE, text, units);
            return;
        }
        if (text.length() == 0) {
            units.add(whole(
                    document.text(),
                    damage != null
                            ? damage
                            : new Rejection(RejectionCode.MALFORMED_JSON, "the file holds nothing but white space")));
            return;
        }
        List<Piece.Entry> entries = new ArrayList<>();
        BundleScan scan = scan(text, entries);
        Rejection cut = damage != null ? damage : notJson(scan.faultAt() - text.from());
        BundleKind kind = BundleKind.of(scan.type());
        if (scan.isBundle() && kind != null && (scan.isSound() || kind != BundleKind.TRANSACTION)) {
            prepareBundle(new Found(Place.WHOLE, text, scan, entries), kind, units);
            if (!scan.isSound()) {
                int rest = (int) scan.faultAt();
                Slice bytes = new Slice(text.array(), rest, text.to());
                units.add(new Item.Bad(Place.restFrom(rest - text.from()), new Raw.Held(bytes), cut, 1));
            }
        } else if (!scan.isSound()) {
            units.add(whole(text, damage != null ? damage : faultOf(text, cut)));
        } else if (scan.isBundle()) {
            units.add(whole(text, unsupported()));
        } else {
            units.add(prepareSingle(Place.WHOLE, text));
        }
        if (scan.isSound() && damage != null) {
            Slice nothing = new Slice(text.array(), text.to(), text.to());
            units.add(new Item.Bad(Place.restFrom(text.length()), new Raw.Held(nothing), damage, 1));
        }
    }

    static Rejection unsupported() {
        return new Rejection(
                RejectionCode.UNSUPPORTED_BUNDLE,
                "only transaction, batch, collection, searchset and document bundles are loaded");
    }

    static Rejection notJson(long offset) {
        return new Rejection(RejectionCode.MALFORMED_JSON, "not JSON from byte " + offset + " on");
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

    /** A bundle in memory. */
    private record Found(Place place, Slice text, BundleScan scan, List<Piece.Entry> entries) {}

    private void prepareBundle(Found found, BundleKind kind, UnitList units) {
        Unit.Whole whole = new Unit.Whole(found.place(), new Raw.Held(found.text()));
        List<Piece.Entry> entries = found.entries();
        if (entries.size() > limits.bundleEntries()) {
            units.add(new Item.Bad(whole.place(), whole.raw(), tooManyEntries(limits), entries.size()));
            return;
        }
        BundlePlan plan =
                BundlePlan.begin(kind, Ids.digest(found.text()), found.scan().links());
        for (Piece.Entry entry : entries) {
            EntryHead head = EntryHead.of(entry.text());
            if (head != null) {
                plan.note(entry.index(), head);
            }
        }
        plan.complete();
        if (kind == BundleKind.TRANSACTION) {
            units.add(bundles.prepareTransaction(units.input(), whole, plan, entries));
        } else if (units.input().isPiece()
                && entries.size() == 1
                && found.scan().links().containsKey(BundlePlan.ORIGIN)) {
            units.add(bundles.prepareEntry(entries.getFirst(), plan, whole.place(), whole.raw()));
        } else {
            addEntries(entries, plan, found.place(), units);
        }
    }

    private void addEntries(List<Piece.Entry> entries, BundlePlan plan, Place bundle, UnitList units) {
        for (Piece.Entry entry : entries) {
            Place place = bundle.entry(entry.index());
            if (units.wants(place)) {
                units.add(bundles.prepareIndependent(entry, plan, place));
            }
        }
    }

    static Rejection tooManyEntries(Limits limits) {
        return new Rejection(
                RejectionCode.TOO_LARGE, "a bundle has at most " + limits.bundleEntries() + " entries; use NDJSON");
    }

    private Item prepareSingle(Place place, Slice text) {
        Raw raw = new Raw.Held(text);
        return reader.read(text, read -> switch (read) {
            case ResourceReader.Read.Faulty(Rejection rejection) -> new Item.Bad(place, raw, rejection, 1);
            case ResourceReader.Read.Fine fine
            when fine.id().isEmpty() ->
                new Item.Bad(
                        place,
                        raw,
                        new Rejection(RejectionCode.MISSING_ID, "a resource outside of a bundle needs its own id"),
                        1);
            case ResourceReader.Read.Fine fine ->
                switch (BodyMaker.make(text, fine.resource(), fine.id(), null)) {
                    case BodyMaker.Made.Ready(Item.Body body) -> {
                        ResourceKey key = new ResourceKey(fine.type(), fine.id());
                        yield new Item.Ready(place, raw, new Action.Write(key), body);
                    }
                    case BodyMaker.Made.Impossible(Rejection rejection) -> new Item.Bad(place, raw, rejection, 1);
                };
        });
    }

    private Rejection faultOf(Slice text, Rejection otherwise) {
        return reader.read(
                text, read -> read instanceof ResourceReader.Read.Faulty(Rejection rejection) ? rejection : otherwise);
    }

    private static Item whole(Slice text, Rejection rejection) {
        return new Item.Bad(Place.WHOLE, new Raw.Held(text), rejection, 1);
    }
}
