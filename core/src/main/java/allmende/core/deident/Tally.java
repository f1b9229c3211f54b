package allmende.core.deident;

import allmende.core.deident.DeidentReport.RuleCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts for a report, from several threads. */
final class Tally {

    private final RuleSet rules;
    private final LongAdder[] slots;
    private final LongAdder received = new LongAdder();
    private final LongAdder left = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final Map<String, LongAdder> withoutRules = new ConcurrentHashMap<>();

    Tally(RuleSet rules) {
        this.rules = rules;
        this.slots = new LongAdder[rules.rules().size() + rules.graph().labels().size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new LongAdder();
        }
    }

    void decided(int slot) {
        if (slot >= 0) {
            slots[slot].increment();
        }
    }

    void received() {
        received.increment();
    }

    void left() {
        left.increment();
    }

    void unknown() {
        unknown.increment();
    }

    void malformed() {
        malformed.increment();
    }

    /** A resource of a type that no rule speaks of; what is no type of FHIR is not repeated. */
    void withoutRules(String type) {
        String known = R4Types.get().isResource(type) ? type : "(unknown)";
        withoutRules.computeIfAbsent(known, _ -> new LongAdder()).increment();
    }

    DeidentReport report() {
        List<RuleCount> counts = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            counts.add(new RuleCount(
                    rule.pointer(), rule.path().text(), rule.method().word(), slots[rule.index()].sum()));
        }
        SortedMap<String, Long> unnamed = new TreeMap<>();
        List<String> labels = rules.graph().labels();
        for (int i = 0; i < labels.size(); i++) {
            long count = slots[counts.size() + i].sum();
            if (count > 0) {
                unnamed.put(labels.get(i), count);
            }
        }
        SortedMap<String, Long> types = new TreeMap<>();
        withoutRules.forEach((type, count) -> types.put(type, count.sum()));
        return new DeidentReport(
                received.sum(), left.sum(), types, List.copyOf(counts), unnamed, unknown.sum(), malformed.sum());
    }
}
