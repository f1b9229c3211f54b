package allmende.engine.load;

import allmende.engine.store.Commit;
import allmende.engine.store.Store;
import allmende.engine.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes units into the store, several to a transaction, in the order in which they came; sets aside what can't be
 * stored. Used by one thread.
 */
final class BatchWriter {

    private final Store store;
    private final Limits limits;
    private final LoadProgress progress;
    private final Tally tally;
    private final Deferred deferred;
    private final Pending pending = new Pending();
    private final StoreMatches matches;
    private final Settler settler;
    private final RejectedPieces rejected;
    private long rawBytes;
    private long settled;

    BatchWriter(Store store, Limits limits, LoadProgress progress, Tally tally, Deferred deferred) {
        this.store = store;
        this.limits = limits;
        this.progress = progress;
        this.tally = tally;
        this.deferred = deferred;
        this.matches = new StoreMatches(store);
        this.settler = new Settler(matches, pending);
        this.rejected = new RejectedPieces(store, tally);
    }

    /** Takes a unit; it is durable after the next {@link #flush} at the latest. */
    void accept(Unit unit) {
        if (unit.atomic()) {
            acceptTransaction(unit);
        } else {
            for (Item item : unit.items()) {
                acceptOne(unit, item);
                flushIfFull();
            }
        }
        flushIfFull();
    }

    /** Hears that so many bytes of the input were read. */
    void advanced(long bytes) {
        rawBytes += bytes;
    }

    /** Makes everything durable that was accepted. */
    void flush() {
        if (pending.size() > 0) {
            List<Pending.Change> changes = pending.changes();
            if (!isWritten(changes)) {
                writeByHalves(groups(changes));
            }
            pending.clear();
        }
        rejected.flush();
        progress.advanced(rawBytes, settled);
        rawBytes = 0;
        settled = 0;
    }

    private void flushIfFull() {
        if (pending.size() >= limits.batchResources()
                || pending.bytes() >= limits.batchBytes()
                || rejected.bytes() >= limits.batchBytes()) {
            flush();
        }
    }

    private void acceptOne(Unit unit, Item item) {
        switch (item) {
            case Item.Bad bad -> reject(unit, bad);
            case Item.Ready ready -> settle(unit, ready, settler.settle(ready));
        }
    }

    private void settle(Unit unit, Item.Ready ready, Settler.Settled outcome) {
        switch (outcome) {
            case Settler.Settled.Change change -> {
                settled++;
                pending.add(new Pending.Change(change.write(), unit.input(), ready.place(), ready.raw(), null));
            }
            case Settler.Settled.Nothing _ -> {
                settled++;
                tally.unchanged();
            }
            case Settler.Settled.Refused refused ->
                reject(unit, new Item.Bad(ready.place(), ready.raw(), refused.rejection(), 1));
            case Settler.Settled.Waiting waiting -> {
                if (!deferred.add(unit.input(), ready.place(), 1)) {
                    reject(unit, new Item.Bad(ready.place(), ready.raw(), waiting.rejection(), 1));
                }
            }
        }
    }

    private void acceptTransaction(Unit unit) {
        int before = pending.size();
        int nothing = 0;
        settler.begin(unit.items());
        for (Item item : unit.items()) {
            if (!(item instanceof Item.Ready ready)) {
                throw new IllegalStateException("A transaction with a bad entry is refused when it is prepared");
            }
            Rejection fault = null;
            boolean mayCome = false;
            switch (settler.settle(ready)) {
                case Settler.Settled.Change change ->
                    pending.add(new Pending.Change(change.write(), unit.input(), ready.place(), ready.raw(), unit));
                case Settler.Settled.Nothing _ -> nothing++;
                case Settler.Settled.Refused refused -> fault = refused.rejection();
                case Settler.Settled.Waiting waiting -> {
                    fault = waiting.rejection();
                    mayCome = true;
                }
            }
            if (fault != null) {
                pending.rollBackTo(before);
                settler.end();
                int resources = unit.items().size();
                if (!mayCome || !deferred.add(unit.input(), unit.whole().place(), resources)) {
                    reject(unit, BundlePreparer.refuse(unit.whole(), fault, ready.place(), resources));
                }
                return;
            }
        }
        settler.end();
        settled += unit.items().size();
        for (int i = 0; i < nothing; i++) {
            tally.unchanged();
        }
    }

    private void reject(Unit unit, Item.Bad bad) {
        settled += bad.resources();
        rejected.add(unit.input(), bad);
    }

    /** Changes that can't be separated, together. */
    @SuppressWarnings("ReferenceEquality") // the same unit, not one that looks like it
    private static List<List<Pending.Change>> groups(List<Pending.Change> changes) {
        List<List<Pending.Change>> groups = new ArrayList<>();
        Unit last = null;
        for (Pending.Change change : changes) {
            Unit transaction = change.transaction();
            if (transaction == null || transaction != last) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(change);
            last = transaction;
        }
        return groups;
    }

    /** Writes as one transaction; false where the store refuses a statement. */
    private boolean isWritten(List<Pending.Change> changes) {
        try {
            Commit commit =
                    store.write(changes.stream().map(Pending.Change::write).toList());
            tally.committed(commit.t(), changes, commit.outcomes());
            changes.forEach(change -> matches.committed(change.write()));
            return true;
        } catch (StoreUnavailable refused) {
            if (refused.code() != StoreUnavailable.Code.STATEMENT) {
                throw refused;
            }
            // throws where the store is not there at all any more
            store.currentT();
            return false;
        }
    }

    /** Finds the culprits of a refused batch and writes the others. */
    private void writeByHalves(List<List<Pending.Change>> groups) {
        if (groups.size() == 1) {
            rejectRefused(groups.getFirst());
            return;
        }
        int half = groups.size() / 2;
        for (List<List<Pending.Change>> part : List.of(groups.subList(0, half), groups.subList(half, groups.size()))) {
            if (!isWritten(part.stream().flatMap(List::stream).toList())) {
                writeByHalves(part);
            }
        }
    }

    private void rejectRefused(List<Pending.Change> group) {
        Rejection rejection =
                new Rejection(RejectionCode.REFUSED_BY_STORE, "the database does not accept it; its log tells why");
        Pending.Change first = group.getFirst();
        Unit transaction = first.transaction();
        if (transaction == null) {
            rejected.add(first.input(), new Item.Bad(first.place(), first.raw(), rejection, 1));
        } else {
            rejected.add(
                    first.input(), BundlePreparer.refuse(transaction.whole(), rejection, first.place(), group.size()));
        }
    }
}
