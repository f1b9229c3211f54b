package allmende.engine.search;

import allmende.engine.store.Deadline;
import allmende.engine.store.DeadlinePassed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.Weight;

/** Reads in a type as of a {@code t}: counts, and goes through documents, until the {@link DeadlinePassed time is over}. */
final class Reader {

    /** After how many documents a loop looks at the deadline: one less than a power of two. */
    static final int LOOKS_EVERY = (1 << 14) - 1;

    private final IndexSearcher searcher;
    private final AsOfQuery asOf;
    private final Deadline deadline = Deadline.current();

    Reader(IndexSearcher searcher, long t) {
        this.searcher = searcher;
        this.asOf = new AsOfQuery(t, deadline);
    }

    /** Something done with each document of a segment. */
    interface Segment {
        void read(LeafReaderContext segment, DocIdSetIterator documents) throws IOException;
    }

    /**
     * Searches.
     *
     * @throws DeadlinePassed where the time is over
     */
    ScoreDoc[] search(Query query, TopFieldCollectorManager collectors) throws IOException {
        if (!deadline.isBound()) {
            return searcher.search(query, collectors).scoreDocs;
        }
        IndexSearcher timed = new IndexSearcher(searcher.getIndexReader());
        timed.setQueryCache(null);
        timed.setTimeout(deadline::passed);
        ScoreDoc[] found = timed.search(query, collectors).scoreDocs;
        if (timed.timedOut()) {
            deadline.check();
        }
        return found;
    }

    /** All that is searched, as it was opened. */
    List<LeafReaderContext> segments() {
        return searcher.getIndexReader().leaves();
    }

    /** The query, of versions that were current. */
    Query current(Query query) {
        return new BooleanQuery.Builder()
                .add(query, BooleanClause.Occur.FILTER)
                .add(asOf, BooleanClause.Occur.FILTER)
                .build();
    }

    /** How many match. Where a whole segment is current, its own statistics often tell. */
    long count(Query query) throws IOException {
        Weight bare = weight(query);
        Weight filtered = null;
        long count = 0;
        for (LeafReaderContext segment : segments()) {
            deadline.check();
            if (asOf.isWhole(segment.reader())) {
                int known = bare.count(segment);
                count += known >= 0 ? known : counted(bare, segment);
            } else {
                filtered = filtered == null ? weight(current(query)) : filtered;
                count += counted(filtered, segment);
            }
        }
        return count;
    }

    private Weight weight(Query query) throws IOException {
        return searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    private long counted(Weight weight, LeafReaderContext segment) throws IOException {
        Scorer scorer = weight.scorer(segment);
        if (scorer == null) {
            return 0;
        }
        long count = 0;
        DocIdSetIterator documents = scorer.iterator();
        for (int document = documents.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = documents.nextDoc()) {
            count++;
            if ((count & LOOKS_EVERY) == 0) {
                deadline.check();
            }
        }
        return count;
    }

    /** Goes through all that match, segment by segment. */
    void each(Query query, Segment reading) throws IOException {
        Weight weight = weight(current(query));
        for (LeafReaderContext segment : segments()) {
            deadline.check();
            Scorer scorer = weight.scorer(segment);
            if (scorer != null) {
                reading.read(segment, scorer.iterator());
            }
        }
    }

    /** Numbers that grow as they are added to, then sorted and without doubles. */
    static final class Longs {

        private long[] numbers = new long[64];
        private int size;

        void add(long number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        int size() {
            return size;
        }

        long[] distinct() {
            return Arrays.stream(numbers, 0, size).sorted().distinct().toArray();
        }
    }
}
