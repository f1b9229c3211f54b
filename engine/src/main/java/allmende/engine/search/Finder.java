package allmende.engine.search;

import allmende.engine.store.Store.VersionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;

/** Finds the next resources of one type, in an order. */
final class Finder {

    private final View.Part part;
    private final Reader reader;

    Finder(View.Part part, long t) {
        this.part = part;
        this.reader = new Reader(part.searcher(), t);
    }

    /** How many there are. */
    long count(Query query) throws IOException {
        return reader.count(query);
    }

    /**
     * The next ones.
     *
     * @param after the resource after which to go on; null to begin
     */
    List<VersionId> next(Query query, List<ResultForm.Sort> order, int limit, @Nullable Long after) throws IOException {
        Sort sort = Sorts.of(order, part.model());
        Query wanted = query;
        FieldDoc place = null;
        if (after != null && order.isEmpty()) {
            wanted = QueryCompiler.all(
                    List.of(query, NumericDocValuesField.newSlowRangeQuery(Names.RID, after + 1, Long.MAX_VALUE)));
        } else if (after != null) {
            place = place(sort, after);
        }
        return ids(reader.search(reader.current(wanted), new TopFieldCollectorManager(sort, limit, place, 1)));
    }

    /** Where a resource stands in an order: its own values of the keys. */
    private @Nullable FieldDoc place(Sort sort, long rid) throws IOException {
        Query one = reader.current(new TermQuery(new Term(Names.RID, Terms.number(rid))));
        ScoreDoc[] found = reader.search(one, new TopFieldCollectorManager(sort, 1, null, 1));
        if (found.length == 0) {
            throw new SearchRefused(
                    Refusal.Code.SNAPSHOT,
                    "",
                    "The resource with which the page before ended was erased. Begin the search anew.");
        }
        return (FieldDoc) found[0];
    }

    private List<VersionId> ids(ScoreDoc[] found) throws IOException {
        List<LeafReaderContext> leaves = reader.segments();
        VersionId[] ids = new VersionId[found.length];
        NumericDocValues[] rids = new NumericDocValues[leaves.size()];
        NumericDocValues[] numbers = new NumericDocValues[leaves.size()];
        Integer[] order = new Integer[found.length];
        for (int i = 0; i < found.length; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(order, java.util.Comparator.comparingInt(i -> found[i].doc));
        for (int i : order) {
            int leaf = ReaderUtil.subIndex(found[i].doc, leaves);
            LeafReaderContext segment = leaves.get(leaf);
            if (rids[leaf] == null) {
                rids[leaf] = DocValues.getNumeric(segment.reader(), Names.RID);
                numbers[leaf] = DocValues.getNumeric(segment.reader(), Names.NUMBER);
            }
            int document = found[i].doc - segment.docBase;
            rids[leaf].advanceExact(document);
            numbers[leaf].advanceExact(document);
            ids[i] = new VersionId(rids[leaf].longValue(), (int) numbers[leaf].longValue());
        }
        return new ArrayList<>(List.of(ids));
    }
}
