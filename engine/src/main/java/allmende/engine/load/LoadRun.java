package allmende.engine.load;

import allmende.engine.store.Store;
import java.util.List;
import java.util.Map;

/**
 * One load. What refers to things that come later is read again at the end, as often as that brings anything new: the
 * files of a data set come in any order.
 */
final class LoadRun {

    private final Store store;
    private final Limits limits;
    private final LoadProgress progress;
    private final Tally tally = new Tally();
    private final Deferred deferred;

    LoadRun(Store store, Limits limits, LoadProgress progress) {
        this.store = store;
        this.limits = limits;
        this.progress = progress;
        this.deferred = new Deferred(limits.deferred());
    }

    /** Loads the inputs; returns when everything is durable. */
    Tally run(List<Input> inputs) {
        BatchWriter first = new BatchWriter(store, limits, progress, tally, deferred);
        new Pass(limits, inputs, Map.of()).run((unit, rawBytes) -> {
            first.advanced(rawBytes);
            if (unit != null) {
                tally.received(unit.resources());
                first.accept(unit);
            }
        });
        first.flush();
        int before = Integer.MAX_VALUE;
        while (deferred.count() > 0) {
            if (deferred.count() >= before) {
                // nothing that they wait for came in the last pass
                deferred.close();
            }
            before = deferred.count();
            again(deferred.take());
        }
        return tally;
    }

    private void again(Map<Input, Wanted> waiting) {
        BatchWriter writer = new BatchWriter(store, limits, progress, tally, deferred);
        Map<Input, Integer> missing = new java.util.LinkedHashMap<>();
        waiting.forEach((input, wanted) -> missing.put(input, wanted.resources()));
        new Pass(limits, List.copyOf(waiting.keySet()), waiting).run((unit, rawBytes) -> {
            if (unit != null) {
                missing.merge(unit.input(), -unit.resources(), Integer::sum);
                writer.accept(unit);
            }
        });
        missing.forEach((input, count) -> settleMissing(input, count, writer));
        writer.flush();
    }

    /** Where a file changed between two readings, the counts follow what was read, and say so. */
    private void settleMissing(Input input, int missing, BatchWriter writer) {
        if (missing > 0) {
            Rejection rejection = new Rejection(
                    RejectionCode.UNREADABLE_FILE,
                    missing + " resources were not found any more: the file changed while it was loaded");
            Raw nothing = new Raw.Held(Slice.of(new byte[0]));
            writer.accept(Unit.independent(input, List.of(new Item.Bad(Place.WHOLE, nothing, rejection, missing))));
        } else {
            tally.received(-missing);
        }
    }
}
