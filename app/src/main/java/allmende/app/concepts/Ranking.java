package allmende.app.concepts;

import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a query matches and ranks it: by tier, then by patients, then by sites, then what is higher in its tree,
 * then in the order of the code systems. A hit is one number that sorts that way, so that ranking everything that a short
 * beginning matches costs a few milliseconds and statistics may change without a new index.
 */
final class Ranking extends SimpleCollector {

    private static final int NUMBER_BITS = 22;
    private static final int LEVEL_BITS = 4;
    private static final int SITES_BITS = 7;
    private static final int PATIENTS_BITS = 26;
    private static final int NUMBER_MAX = (1 << NUMBER_BITS) - 1;
    private static final int LEVEL_MAX = (1 << LEVEL_BITS) - 1;

    private final Shelf shelf;
    private final boolean[] contextsWanted;
    private final int context;
    private final int system;
    private final Set<Integer> systems;
    private final boolean withData;

    /** Whether the filter names a context or system that there is not. */
    private final boolean noContext;

    private final boolean noSystem;
    private final int[] facets;

    private long[] hits = new long[256];
    private int size;
    private int docBase;
    private @Nullable Scorable scorer;

    Ranking(Shelf shelf, ConceptFilter filter) {
        this.shelf = shelf;
        int contexts = shelf.contexts().size();
        contextsWanted = new boolean[contexts];
        for (int i = 0; i < contexts; i++) {
            contextsWanted[i] = filter.module() == null
                    || shelf.catalogue()
                            .context(shelf.contexts().get(i))
                            .filter(wanted -> wanted.module().equals(filter.module()))
                            .isPresent();
        }
        context = filter.context() == null ? -1 : shelf.contexts().indexOf(filter.context());
        noContext = filter.context() != null && context < 0;
        system = filter.system() == null ? -1 : shelf.systemNumber(filter.system());
        noSystem = filter.system() != null && system < 0;
        systems = filter.systems().stream()
                .map(uri -> shelf.systemNumber(Terminology.canonical(uri)))
                .collect(Collectors.toUnmodifiableSet());
        withData = filter.withData();
        facets = new int[contexts];
    }

    /** Gathers what the query matches; what was gathered before stays. */
    void run(Query query) throws IOException {
        Ranking all = this;
        shelf.searcher().search(query, new CollectorManager<Ranking, Ranking>() {
            @Override
            public Ranking newCollector() {
                // one is enough: a searcher without threads of its own goes through the index once
                return all;
            }

            @Override
            public Ranking reduce(Collection<Ranking> collectors) {
                return all;
            }
        });
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) {
        docBase = leaf.docBase;
    }

    @Override
    public void setScorer(Scorable newScorer) {
        scorer = newScorer;
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE;
    }

    @Override
    public void collect(int doc) throws IOException {
        int number = docBase + doc;
        if (accepts(number) && scorer != null) {
            int of = shelf.contextNumber(number);
            facets[of]++;
            if (!noContext && (context < 0 || context == of)) {
                add(rank((int) scorer.score(), number));
            }
        }
    }

    private boolean accepts(int number) {
        return contextsWanted[shelf.contextNumber(number)]
                && !noSystem
                && (system < 0 || shelf.isOf(number, system))
                && (systems.isEmpty() || systems.contains(shelf.systemNumber(number)))
                && (!withData || shelf.patients(number) > 0);
    }

    private long rank(int tier, int number) {
        long rank = tier;
        rank = rank << PATIENTS_BITS | Math.min(shelf.patients(number), (1L << PATIENTS_BITS) - 1);
        rank = rank << SITES_BITS | Math.min(shelf.sites(number), (1 << SITES_BITS) - 1);
        rank = rank << LEVEL_BITS | (LEVEL_MAX - Math.min(shelf.level(number), LEVEL_MAX));
        return rank << NUMBER_BITS | (NUMBER_MAX - number);
    }

    private void add(long rank) {
        if (size == hits.length) {
            hits = Arrays.copyOf(hits, size * 2);
        }
        hits[size++] = rank;
    }

    /** Number of hits that pass the filter. */
    int total() {
        return size;
    }

    /** Hits per context, in the shelf's order, as if the context were not filtered. */
    int[] facets() {
        return facets;
    }

    /** The numbers of the hits of a page, best first. */
    int[] page(int offset, int limit) {
        Arrays.sort(hits, 0, size);
        int length = Math.clamp((long) size - offset, 0, limit);
        int[] page = new int[length];
        for (int i = 0; i < length; i++) {
            page[i] = NUMBER_MAX - (int) (hits[size - 1 - offset - i] & NUMBER_MAX);
        }
        return page;
    }
}
