package allmende.engine.search;

import allmende.engine.store.Deadline;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/** The versions that were current at a {@code t}: written by then, and not ended by then. */
final class AsOfQuery extends Query {

    private static final float MATCH_COST = 4;

    private final long t;
    private final Deadline deadline;

    AsOfQuery(long t, Deadline deadline) {
        this.t = t;
        this.deadline = deadline;
    }

    /** Whether every document of a segment was current at that time, so that nothing need be looked at. */
    boolean isWhole(LeafReader reader) throws IOException {
        DocValuesSkipper from = reader.getDocValuesSkipper(Names.FROM);
        return (from == null || from.maxValue() <= t)
                && DocValues.getNumeric(reader, Names.UNTIL).cost() == 0
                && !reader.hasDeletions();
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                LeafReader reader = context.reader();
                return isWhole(reader)
                        ? ConstantScoreScorerSupplier.matchAll(score(), scoreMode, reader.maxDoc())
                        : ConstantScoreScorerSupplier.fromIterator(
                                TwoPhaseIterator.asDocIdSetIterator(current(reader)),
                                score(),
                                scoreMode,
                                reader.maxDoc());
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    private TwoPhaseIterator current(LeafReader reader) throws IOException {
        NumericDocValues from = DocValues.getNumeric(reader, Names.FROM);
        NumericDocValues until = DocValues.getNumeric(reader, Names.UNTIL);
        Bits live = reader.getLiveDocs();
        DocIdSetIterator all = DocIdSetIterator.all(reader.maxDoc());
        return new TwoPhaseIterator(all) {
            private int looked;

            @Override
            public boolean matches() throws IOException {
                int document = all.docID();
                if ((++looked & Reader.LOOKS_EVERY) == 0) {
                    deadline.check();
                }
                return (live == null || live.get(document))
                        && from.advanceExact(document)
                        && from.longValue() <= t
                        && !(until.advanceExact(document) && until.longValue() <= t);
            }

            @Override
            public float matchCost() {
                return MATCH_COST;
            }
        };
    }

    @Override
    public String toString(String field) {
        return "as of " + t;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AsOfQuery query && query.t == t;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(t);
    }
}
