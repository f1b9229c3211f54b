package allmende.engine.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Looks at the spans that are kept beside each document. */
final class SpanValuesQuery extends Query {

    /** What looking at one document costs, in units of Lucene's own estimates. */
    private static final float MATCH_COST = 10;

    private final String field;
    private final List<SpanField.Box> boxes;

    SpanValuesQuery(String field, List<SpanField.Box> boxes) {
        this.field = field;
        this.boxes = boxes;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                BinaryDocValues values = DocValues.getBinary(context.reader(), field);
                return ConstantScoreScorerSupplier.fromIterator(
                        TwoPhaseIterator.asDocIdSetIterator(looking(values)),
                        score(),
                        scoreMode,
                        context.reader().maxDoc());
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return true;
            }
        };
    }

    private TwoPhaseIterator looking(BinaryDocValues values) {
        return new TwoPhaseIterator(values) {
            @Override
            public boolean matches() throws IOException {
                return isIn(values.binaryValue());
            }

            @Override
            public float matchCost() {
                return MATCH_COST;
            }
        };
    }

    private boolean isIn(BytesRef spans) {
        ByteBuffer buffer = ByteBuffer.wrap(spans.bytes, spans.offset, spans.length);
        while (buffer.hasRemaining()) {
            long key = buffer.getLong();
            long first = buffer.getLong();
            long last = buffer.getLong();
            for (SpanField.Box box : boxes) {
                if (box.contains(key, first, last)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString(String defaultField) {
        return field + " in boxes";
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpanValuesQuery query && field.equals(query.field) && boxes.equals(query.boxes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(field, boxes);
    }
}
