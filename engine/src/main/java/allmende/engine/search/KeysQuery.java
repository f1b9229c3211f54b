package allmende.engine.search;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;

/**
 * Documents with one of many numbers in a field, the joint of chains and {@code _has}. A number is looked up in the tree of
 * a segment's points by reading one of its leaves, hundreds of points; where so many numbers are asked for that most leaves
 * would be read, going along the column once and asking a table for each value takes a fraction of that. Decided for each
 * segment by itself.
 */
final class KeysQuery extends Query {

    /** Points of a leaf, by Lucene's default. */
    private static final int LEAF = 512;

    /** So many values of the column are compared in the time in which one leaf is read and decoded (about 20 µs). */
    private static final int VALUES_PER_LEAF = 2_500;

    private final String field;
    private final long[] keys;

    /** {@code keys}: sorted, each once. */
    KeysQuery(String field, long[] keys) {
        this.field = field;
        this.keys = keys;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) throws IOException {
        boolean scans = false;
        boolean looksUp = false;
        for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
            boolean scanned = isScanned(segment.reader());
            scans |= scanned;
            looksUp |= !scanned;
        }
        Table table = new Table(scans ? keys : new long[0]);
        Weight points = searcher.rewrite(looksUp ? LongField.newSetQuery(field, keys) : new MatchNoDocsQuery())
                .createWeight(searcher, scoreMode, boost);
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                LeafReader reader = context.reader();
                if (!isScanned(reader)) {
                    return points.scorerSupplier(context);
                }
                return new ConstantScoreScorerSupplier(score(), scoreMode, reader.maxDoc()) {
                    @Override
                    public DocIdSetIterator iterator(long leadCost) throws IOException {
                        return TwoPhaseIterator.asDocIdSetIterator(among(reader, table));
                    }

                    @Override
                    public long cost() {
                        return reader.maxDoc();
                    }
                };
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    /** Whether the column of a segment is gone along. */
    boolean isScanned(LeafReader reader) throws IOException {
        PointValues tree = reader.getPointValues(field);
        long leaves = tree == null ? 0 : tree.size() / LEAF + 1;
        return Math.min(leaves, keys.length) * VALUES_PER_LEAF > reader.maxDoc();
    }

    private TwoPhaseIterator among(LeafReader reader, Table table) throws IOException {
        SortedNumericDocValues values = DocValues.getSortedNumeric(reader, field);
        return new TwoPhaseIterator(values) {
            @Override
            public boolean matches() throws IOException {
                for (int i = 0; i < values.docValueCount(); i++) {
                    if (table.has(values.nextValue())) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public float matchCost() {
                return 5;
            }
        };
    }

    @Override
    public String toString(String unused) {
        return field + " among " + keys.length;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(field)) {
            visitor.visitLeaf(this);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeysQuery query && query.field.equals(field) && Arrays.equals(query.keys, keys);
    }

    @Override
    public int hashCode() {
        return 31 * field.hashCode() + Arrays.hashCode(keys);
    }

    /** Open addressing, at most half full; 0 stands for an empty place and is kept apart. */
    private static final class Table {

        private final long[] places;
        private final boolean zero;

        Table(long[] keys) {
            this.places = new long[Integer.highestOneBit(Math.max(2, keys.length)) * 4];
            this.zero = Arrays.binarySearch(keys, 0) >= 0;
            for (long key : keys) {
                int place = first(key);
                while (places[place] != 0) {
                    place = place + 1 & places.length - 1;
                }
                places[place] = key;
            }
        }

        boolean has(long key) {
            if (key == 0) {
                return zero;
            }
            for (int place = first(key); places[place] != 0; place = place + 1 & places.length - 1) {
                if (places[place] == key) {
                    return true;
                }
            }
            return false;
        }

        private int first(long key) {
            long mixed = key * 0x9E3779B97F4A7C15L;
            return (int) (mixed >>> 32) & places.length - 1;
        }
    }
}
