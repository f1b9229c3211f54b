package allmende.engine.search;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/**
 * Spans in the index: as points of three dimensions (key, first, last), so that a comparison is a box; and beside the
 * document, for when another condition has left few documents to look at.
 */
final class SpanField {

    /** Bytes of one span. */
    static final int WIDTH = 3 * Long.BYTES;

    private SpanField() {}

    /** A box: spans of a key whose first and last lie between these, all bounds inclusive. */
    record Box(long key, long firstFrom, long firstTo, long lastFrom, long lastTo) {

        boolean contains(long spanKey, long first, long last) {
            return spanKey == key && first >= firstFrom && first <= firstTo && last >= lastFrom && last <= lastTo;
        }

        private Query points(String field) {
            return LongPoint.newRangeQuery(
                    field, new long[] {key, firstFrom, lastFrom}, new long[] {key, firstTo, lastTo});
        }
    }

    /** Adds the spans of a resource. */
    static void add(Document document, String field, Collection<Span> spans, boolean beside) {
        if (spans.isEmpty()) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(spans.size() * WIDTH);
        for (Span span : spans) {
            document.add(new LongPoint(field, span.key(), span.first(), span.last()));
            bytes.putLong(span.key()).putLong(span.first()).putLong(span.last());
        }
        if (beside) {
            document.add(new BinaryDocValuesField(field, new BytesRef(bytes.array())));
        }
    }

    /** Documents with a span in one of the boxes. */
    static Query query(String field, List<Box> boxes, boolean beside) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (Box box : boxes) {
            any.add(box.points(field), BooleanClause.Occur.SHOULD);
        }
        Query points = boxes.size() == 1 ? boxes.getFirst().points(field) : any.build();
        return beside ? new IndexOrDocValuesQuery(points, new SpanValuesQuery(field, boxes)) : points;
    }
}
