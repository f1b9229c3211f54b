package allmende.engine.statistics;

import allmende.core.disclosure.PublishedStatistics.Pair;
import allmende.core.disclosure.PublishedStatistics.Term;
import allmende.core.disclosure.RawStatistics;
import allmende.core.disclosure.Strata;
import allmende.core.disclosure.Unreleased;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import allmende.engine.count.AgeSexCell;
import allmende.engine.count.Distribution;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.ConceptRows.Occurring;
import allmende.engine.index.FactFilter;
import allmende.engine.index.IndexSnapshot;
import allmende.engine.store.Store;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/**
 * Collects true numbers about all of a site's data, from one snapshot of its index. The hierarchies of ICD-10-GM, OPS and
 * ATC count each patient once at each node, however many codes below it the patient has.
 */
public final class StatisticsCollector {

    /** Pairs are counted between so many terms. */
    private static final int PAIRED = 300;

    /** Terms that more than this share of all patients have tell little by meeting others. */
    private static final double COMMON = 0.6;

    private final CohortIndex index;
    private final Store store;
    private final Terminology terminology;

    /**
     * Collects from this index.
     *
     * @param store to read texts of concepts from, where the terminology has none
     */
    public StatisticsCollector(CohortIndex index, Store store) {
        this.index = index;
        this.store = store;
        this.terminology = index.terminology();
    }

    /**
     * Collects.
     *
     * @param minimum terms with fewer patients are left out; they could not be published anyhow
     * @param today the day that ages are counted on, and on which consent must be given to count
     */
    public Unreleased<RawStatistics> collect(long minimum, LocalDate today) {
        return Unreleased.of(index.read(snapshot -> new Run(snapshot, minimum, today).collect()));
    }

    /** One collection in one snapshot. */
    private final class Run {

        private final IndexSnapshot snapshot;
        private final long minimum;
        private final Distribution distribution;
        private final RoaringBitmap existing;
        private final ConsentToday consent;

        Run(IndexSnapshot snapshot, long minimum, LocalDate today) {
            this.snapshot = snapshot;
            this.minimum = minimum;
            this.distribution = new Distribution(snapshot, today);
            this.existing = snapshot.patients();
            this.consent = new ConsentToday(snapshot, today);
        }

        RawStatistics collect() {
            Map<String, List<Occurring>> byContext = snapshot.conceptRows().occurring().stream()
                    .collect(Collectors.groupingBy(Occurring::context, LinkedHashMap::new, Collectors.toList()));
            Map<String, Map<Coding, Map<Coding, Long>>> coded = coded();
            Map<String, RawStatistics.Context> contexts = new LinkedHashMap<>();
            byContext.forEach((context, concepts) -> contexts.put(
                    context,
                    new ContextRun(snapshot, terminology, minimum, this::strata, consent)
                            .collect(concepts, coded.getOrDefault(context, Map.of()), existing)));
            return new RawStatistics(
                    snapshot.t(),
                    existing.getLongCardinality(),
                    strata(existing),
                    new Texts(store, terminology).added(contexts, snapshot.conceptRows()),
                    together(contexts));
        }

        private Map<String, Map<Coding, Map<Coding, Long>>> coded() {
            Map<String, Map<Coding, Map<Coding, Long>>> coded = new LinkedHashMap<>();
            snapshot.conceptRows().codedValues().forEach(value -> coded.computeIfAbsent(
                            value.context(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(snapshot.coding(value.concept()), _ -> new LinkedHashMap<>())
                    .put(value.value(), value.patients()));
            return coded;
        }

        private Strata strata(RoaringBitmap patients) {
            int[] cells = new int[Strata.SIZE];
            for (AgeSexCell cell : distribution.of(patients)) {
                if (cell.ageFrom() >= 0) {
                    cells[Strata.cell(cell.ageFrom(), cell.sex())] += (int) cell.patients();
                }
            }
            return Strata.of(cells);
        }

        private record Ranked(Term term, long patients) {}

        private List<Pair> together(Map<String, RawStatistics.Context> contexts) {
            List<Ranked> ranked = new ArrayList<>();
            contexts.forEach((context, found) -> found.concepts().forEach((coding, concept) -> {
                if (concept.patients() <= COMMON * existing.getLongCardinality()) {
                    ranked.add(new Ranked(new Term(context, coding), concept.patients()));
                }
            }));
            ranked.sort(Comparator.comparingLong(Ranked::patients).reversed());
            List<Ranked> paired = ranked.subList(0, Math.min(PAIRED, ranked.size()));
            List<RoaringBitmap> patients =
                    paired.stream().map(chosen -> patients(chosen.term())).toList();
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < paired.size(); i++) {
                for (int j = i + 1; j < paired.size(); j++) {
                    long both = RoaringBitmap.andCardinality(patients.get(i), patients.get(j));
                    pairs.add(new Pair(paired.get(i).term(), paired.get(j).term(), both));
                }
            }
            return pairs;
        }

        private RoaringBitmap patients(Term term) {
            RoaringBitmap patients = snapshot.matching(new FactFilter(
                    term.context(), snapshot.subtree(term.coding()), consent.test(term.context()), null, List.of()));
            patients.and(existing);
            return patients;
        }
    }
}
