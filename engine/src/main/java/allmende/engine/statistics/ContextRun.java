package allmende.engine.statistics;

import allmende.core.disclosure.RawStatistics;
import allmende.core.disclosure.RawStatistics.Bin;
import allmende.core.disclosure.Strata;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import allmende.engine.index.ConceptRows;
import allmende.engine.index.ConceptRows.NumberBin;
import allmende.engine.index.ConceptRows.Occurring;
import allmende.engine.index.IndexSnapshot;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/** Collects one context: batch by batch of concepts, so that a million patients need no more memory than few do. */
final class ContextRun {

    /** What one batch may take in memory, roughly. */
    private static final long BATCH_BYTES = 24_000_000;

    /** Handing over a fact takes as long as so many bytes of a bit string, roughly. */
    private static final long FACT_BYTES = 128;

    /** Calendar years that a concept has at the same time, roughly. */
    private static final int YEARS = 12;

    private final ConceptRows rows;
    private final Terminology terminology;
    private final long minimum;
    private final Function<RoaringBitmap, Strata> strata;
    private final ConsentToday consent;

    private final Map<Coding, Gathered> open = new LinkedHashMap<>();
    private final Map<Coding, RawStatistics.Concept> done = new LinkedHashMap<>();
    private final RoaringBitmap anybody = new RoaringBitmap();

    ContextRun(
            IndexSnapshot snapshot,
            Terminology terminology,
            long minimum,
            Function<RoaringBitmap, Strata> strata,
            ConsentToday consent) {
        this.rows = snapshot.conceptRows();
        this.terminology = terminology;
        this.minimum = minimum;
        this.strata = strata;
        this.consent = consent;
    }

    RawStatistics.Context collect(
            List<Occurring> concepts, Map<Coding, Map<Coding, Long>> coded, RoaringBitmap existing) {
        concepts.stream()
                .collect(Collectors.groupingBy(
                        concept -> concept.coding().system(), LinkedHashMap::new, Collectors.toList()))
                .forEach((system, some) -> collectSystem(system, some, existing));
        Map<Coding, RawStatistics.Concept> complete = new LinkedHashMap<>(done);
        for (Occurring concept : concepts) {
            complete.computeIfPresent(
                    concept.coding(),
                    (coding, counted) -> new RawStatistics.Concept(
                            counted.patients(),
                            null,
                            counted.strata(),
                            counted.years(),
                            concept.numeric() ? values(concept) : Map.of(),
                            coded.getOrDefault(coding, Map.of())));
        }
        return new RawStatistics.Context(RoaringBitmap.andCardinality(anybody, existing), complete);
    }

    private void collectSystem(String system, List<Occurring> concepts, RoaringBitmap existing) {
        Nodes nodes = new Nodes(
                terminology,
                system,
                concepts.stream().map(concept -> concept.coding().code()).toList());
        Map<Coding, Long> last = new HashMap<>();
        concepts.forEach(concept ->
                nodes.above(concept.coding().code()).forEach(node -> last.merge(node, concept.number(), Math::max)));
        long bitBytes = ((existing.isEmpty() ? 0 : existing.last()) / Byte.SIZE + 64L) * YEARS;
        int from = 0;
        while (from < concepts.size()) {
            int to = from;
            long bytes = 0;
            while (to < concepts.size() && (to == from || bytes < BATCH_BYTES)) {
                bytes += Math.min(concepts.get(to).facts() * FACT_BYTES, bitBytes);
                to++;
            }
            List<Occurring> some = concepts.subList(from, to);
            batch(some, bitBytes, nodes, existing);
            finish(last, some.getLast().number());
            from = to;
        }
    }

    private void batch(List<Occurring> concepts, long bitBytes, Nodes nodes, RoaringBitmap existing) {
        Map<Long, List<Coding>> above = new HashMap<>();
        concepts.forEach(concept ->
                above.put(concept.number(), nodes.above(concept.coding().code())));
        ConceptRows.ByYear gather = (number, year, patients) -> {
            patients.and(existing);
            anybody.or(patients);
            above.getOrDefault(number, List.of()).forEach(node -> open.computeIfAbsent(node, _ -> new Gathered())
                    .add(year, patients));
        };
        String context = concepts.getFirst().context();
        if (consent.concerns(context)) {
            concepts.forEach(concept -> consent.byYear(context, concept.number(), gather));
            return;
        }
        Map<Boolean, List<Long>> rare = concepts.stream()
                .collect(Collectors.partitioningBy(
                        concept -> concept.facts() * FACT_BYTES < bitBytes,
                        Collectors.mapping(Occurring::number, Collectors.toList())));
        rare.forEach((few, numbers) -> {
            if (!numbers.isEmpty() && few) {
                rows.rareByYear(context, numbers, gather);
            } else if (!numbers.isEmpty()) {
                rows.byYear(context, numbers, gather);
            }
        });
    }

    /** Counts the nodes that nothing can be added to any more. */
    private void finish(Map<Coding, Long> last, long reached) {
        Iterator<Map.Entry<Coding, Gathered>> nodes = open.entrySet().iterator();
        while (nodes.hasNext()) {
            Map.Entry<Coding, Gathered> node = nodes.next();
            if (last.getOrDefault(node.getKey(), Long.MAX_VALUE) <= reached) {
                Gathered gathered = node.getValue();
                long patients = gathered.patients().getLongCardinality();
                if (patients >= minimum) {
                    done.put(
                            node.getKey(),
                            new RawStatistics.Concept(
                                    patients,
                                    null,
                                    strata.apply(gathered.patients()),
                                    gathered.years(),
                                    Map.of(),
                                    Map.of()));
                }
                nodes.remove();
            }
        }
    }

    private Map<String, SortedMap<Integer, Bin>> values(Occurring concept) {
        Map<String, SortedMap<Integer, Bin>> values = new TreeMap<>();
        for (NumberBin found : rows.numbers(concept.context(), concept.number())) {
            Bin bin =
                    switch (found.which()) {
                        case ANY -> new Bin(found.patients(), 0, 0);
                        case HIGHEST -> new Bin(0, found.patients(), 0);
                        case LOWEST -> new Bin(0, 0, found.patients());
                    };
            values.computeIfAbsent(found.unit(), _ -> new TreeMap<>()).merge(found.bin(), bin, Bin::plus);
        }
        return values;
    }
}
