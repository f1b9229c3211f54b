package allmende.engine.search;

import java.io.IOException;
import java.util.Arrays;
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
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * All versions of many resources. Segments are in the order of resources, so both are gone through once, block by block,
 * past blocks that hold none: looking each up by a term of its own takes many times as long, since those of a page or a
 * patient mostly lie together.
 */
final class RidsQuery extends Query {

    private final long[] rids;

    /** {@code rids}: numbers of the resources in any order. */
    RidsQuery(long[] rids) {
        this.rids = Arrays.stream(rids).sorted().distinct().toArray();
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                LeafReader reader = context.reader();
                return ConstantScoreScorerSupplier.fromIterator(documents(reader), score(), scoreMode, reader.maxDoc());
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    private DocIdSetIterator documents(LeafReader reader) throws IOException {
        DocValuesSkipper blocks = reader.getDocValuesSkipper(Names.RID);
        if (blocks == null || rids.length == 0) {
            return DocIdSetIterator.empty();
        }
        NumericDocValues values = DocValues.getNumeric(reader, Names.RID);
        FixedBitSet found = new FixedBitSet(reader.maxDoc());
        int count = 0;
        int wanted = atLeast(0, blocks.minValue());
        int document = 0;
        while (wanted < rids.length && document < reader.maxDoc()) {
            blocks.advance(document);
            wanted = atLeast(wanted, blocks.minValue(0));
            if (wanted < rids.length) {
                // on to the first block that does not end before it: no block need hold it, but one after may hold
                // others
                blocks.advance(rids[wanted], Long.MAX_VALUE);
                int last = Math.min(blocks.maxDocID(0), reader.maxDoc() - 1);
                for (document = Math.max(document, blocks.minDocID(0)); document <= last; document++) {
                    values.advanceExact(document);
                    wanted = atLeast(wanted, values.longValue());
                    if (wanted < rids.length && rids[wanted] == values.longValue()) {
                        found.set(document);
                        count++;
                    }
                }
            }
        }
        return new BitSetIterator(found, count);
    }

    /** The first wanted resource from a place on whose number is not below this one. */
    private int atLeast(int from, long number) {
        int at = from;
        while (at < rids.length && rids[at] < number) {
            at++;
        }
        return at;
    }

    @Override
    public String toString(String field) {
        return rids.length + " resources";
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RidsQuery query && Arrays.equals(query.rids, rids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rids);
    }
}
