package allmende.engine.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.FieldComparator;
import org.apache.lucene.search.FieldComparatorSource;
import org.apache.lucene.search.LeafFieldComparator;
import org.apache.lucene.search.Pruning;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.search.SortedSetSortField;
import org.apache.lucene.search.comparators.LongComparator;
import org.apache.lucene.util.BytesRef;

/**
 * The order of a result. Without {@code _sort} it is the order in which resources were first stored; with it that is what
 * decides among equals. Ascending order goes by a resource's earliest or smallest value, descending order by its latest;
 * resources without a value come last.
 */
final class Sorts {

    private static final SortField BY_NUMBER = new SortField(Names.RID, SortField.Type.LONG);

    private Sorts() {}

    static Sort of(List<ResultForm.Sort> keys, TypeModel model) {
        List<SortField> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(field(key, model)));
        fields.add(BY_NUMBER);
        return new Sort(fields.toArray(SortField[]::new));
    }

    private static SortField field(ResultForm.Sort key, TypeModel model) {
        if (key.code().equals(SystemParams.ID)) {
            return new SortField(SystemParams.ID, SortField.Type.STRING, key.descending());
        }
        if (key.code().equals(SystemParams.LAST_UPDATED)) {
            return spans(SystemParams.LAST_UPDATED, key.descending());
        }
        if (!(model.param(key.code()) instanceof Param.Plain plain) || plain.type() == ParamType.REFERENCE) {
            throw new SearchRefused(
                    Refusal.Code.UNKNOWN,
                    "_sort",
                    "By \"" + key.code() + "\" nothing can be sorted in " + model.type() + ".");
        }
        String name = plain.field().name();
        if (Composites.isSpan(plain.type())) {
            return spans(name, key.descending());
        }
        SortField texts = new SortedSetSortField(
                name + Names.SORT,
                key.descending(),
                key.descending() ? SortedSetSelector.Type.MAX : SortedSetSelector.Type.MIN);
        texts.setMissingValue(key.descending() ? SortField.STRING_FIRST : SortField.STRING_LAST);
        return texts;
    }

    private static SortField spans(String name, boolean descending) {
        return new SortField(
                name,
                new FieldComparatorSource() {
                    @Override
                    public FieldComparator<?> newComparator(String field, int hits, Pruning pruning, boolean reversed) {
                        return new SpanComparator(field, hits, descending);
                    }
                },
                descending);
    }

    /** Compares by the first or the last of the spans that are kept beside a document. */
    private static final class SpanComparator extends LongComparator {

        private final boolean descending;

        SpanComparator(String field, int hits, boolean descending) {
            super(hits, field, descending ? Long.MIN_VALUE : Long.MAX_VALUE, descending, Pruning.NONE);
            this.descending = descending;
        }

        @Override
        public LeafFieldComparator getLeafComparator(LeafReaderContext context) throws IOException {
            return new LongLeafComparator(context) {
                @Override
                protected NumericDocValues getNumericDocValues(LeafReaderContext segment, String name)
                        throws IOException {
                    return new SpanNumbers(DocValues.getBinary(segment.reader(), name), descending);
                }
            };
        }
    }

    /** The one number that a document's spans are ordered by. */
    private static final class SpanNumbers extends NumericDocValues {

        private final BinaryDocValues values;
        private final boolean last;

        SpanNumbers(BinaryDocValues values, boolean last) {
            this.values = values;
            this.last = last;
        }

        @Override
        public long longValue() throws IOException {
            BytesRef bytes = values.binaryValue();
            ByteBuffer spans = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
            long best = last ? Long.MIN_VALUE : Long.MAX_VALUE;
            while (spans.hasRemaining()) {
                spans.getLong();
                long first = spans.getLong();
                long end = spans.getLong();
                best = last ? Math.max(best, end) : Math.min(best, first);
            }
            return best;
        }

        @Override
        public boolean advanceExact(int target) throws IOException {
            return values.advanceExact(target);
        }

        @Override
        public int docID() {
            return values.docID();
        }

        @Override
        public int nextDoc() throws IOException {
            return values.nextDoc();
        }

        @Override
        public int advance(int target) throws IOException {
            return values.advance(target);
        }

        @Override
        public long cost() {
            return values.cost();
        }
    }
}
