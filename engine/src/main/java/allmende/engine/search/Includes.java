package allmende.engine.search;

import allmende.engine.store.Store.VersionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;

/** What the resources of a page bring in: what they refer to, and what refers to them. */
final class Includes {

    private final View view;
    private final long t;
    private final SearchModels models;
    private final SearchLimits limits;
    private final Set<VersionId> known = new LinkedHashSet<>();
    private final List<VersionId> included = new ArrayList<>();

    Includes(View view, long t, SearchModels models, SearchLimits limits) {
        this.view = view;
        this.t = t;
        this.models = models;
        this.limits = limits;
    }

    /** Resources of the page and how they are found in the index, by type. */
    record Page(Map<String, Set<Long>> ridsByType, List<VersionId> matches) {}

    List<VersionId> of(ResultForm form, Page page) throws IOException {
        known.addAll(page.matches());
        Map<String, Set<Long>> round = page.ridsByType();
        for (int depth = 0; depth <= limits.depth() && !round.isEmpty(); depth++) {
            boolean first = depth == 0;
            Map<String, Set<Long>> next = new LinkedHashMap<>();
            for (ResultForm.Include include : form.includes()) {
                if (first || include.iterate()) {
                    follow(include, round, next);
                }
            }
            for (ResultForm.Include include : form.revincludes()) {
                if (first || include.iterate()) {
                    back(include, round, next);
                }
            }
            round = next;
        }
        return included;
    }

    private void follow(ResultForm.Include include, Map<String, Set<Long>> from, Map<String, Set<Long>> next)
            throws IOException {
        boolean everything = include.code().equals("*");
        Reader.Longs together = new Reader.Longs();
        for (Map.Entry<String, Set<Long>> part : from.entrySet()) {
            String type = part.getKey();
            View.Part open = view.part(type);
            if (open == null || !(include.type().equals("*") || include.type().equals(type))) {
                continue;
            }
            List<Param.Plain> references = references(type, include);
            if (everything) {
                collect(open, part.getValue(), references, together);
                continue;
            }
            for (Param.Plain reference : references) {
                Reader.Longs keys = new Reader.Longs();
                collect(open, part.getValue(), List.of(reference), keys);
                bringIn(targets(reference, include), keys, next);
            }
        }
        if (everything) {
            bringIn(include.target() == null ? view.types() : wanted(include.target()), together, next);
        }
    }

    /** Where the references of these resources lead to. */
    private void collect(View.Part part, Set<Long> rids, List<Param.Plain> references, Reader.Longs keys)
            throws IOException {
        Set<String> fields = new LinkedHashSet<>();
        references.forEach(reference -> fields.add(reference.field().name() + Names.LINK));
        read(part, rids(rids), (segment, documents) -> {
            List<SortedNumericDocValues> links = new ArrayList<>();
            for (String field : fields) {
                if (segment.reader().getFieldInfos().fieldInfo(field) != null) {
                    links.add(DocValues.getSortedNumeric(segment.reader(), field));
                }
            }
            for (int document = documents.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = documents.nextDoc()) {
                for (SortedNumericDocValues link : links) {
                    int values = link.advanceExact(document) ? link.docValueCount() : 0;
                    for (int i = 0; i < values; i++) {
                        keys.add(link.nextValue());
                    }
                }
            }
        });
    }

    private static Query rids(Set<Long> rids) {
        return new RidsQuery(rids.stream().mapToLong(Long::longValue).toArray());
    }

    private void read(View.Part part, Query query, Reader.Segment reading) throws IOException {
        new Reader(part.searcher(), t).each(query, reading);
    }

    private List<Param.Plain> references(String type, ResultForm.Include include) {
        List<Param.Plain> references = new ArrayList<>();
        if (include.code().equals("*")) {
            for (Param param : models.of(type).params()) {
                if (param instanceof Param.Plain plain && plain.type() == ParamType.REFERENCE) {
                    references.add(plain);
                }
            }
            return references;
        }
        if (models.of(type).param(include.code()) instanceof Param.Plain plain && plain.type() == ParamType.REFERENCE) {
            return List.of(plain);
        }
        throw new SearchRefused(
                Refusal.Code.UNKNOWN,
                "_include",
                "\"" + include.type() + ":" + include.code() + "\" is no reference that can be followed.");
    }

    private Set<String> targets(Param.Plain reference, ResultForm.Include include) {
        String wanted = include.target();
        return wanted != null ? wanted(wanted) : reference.targets().isEmpty() ? models.types() : reference.targets();
    }

    private static Set<String> wanted(String targets) {
        return Set.of(targets.split(","));
    }

    private void back(ResultForm.Include include, Map<String, Set<Long>> from, Map<String, Set<Long>> next)
            throws IOException {
        View.Part source = view.part(include.type());
        if (!models.types().contains(include.type())) {
            throw new SearchRefused(Refusal.Code.VALUE, "_revinclude", "It is written Type:parameter.");
        }
        for (Param.Plain reference : references(include.type(), include)) {
            for (Map.Entry<String, Set<Long>> part : from.entrySet()) {
                String wanted = include.target();
                View.Part open = view.part(part.getKey());
                if (source == null || open == null || (wanted != null && !wanted.equals(part.getKey()))) {
                    continue;
                }
                Reader.Longs keys = new Reader.Longs();
                read(open, rids(part.getValue()), (segment, documents) -> addKeys(segment, documents, keys));
                String link = reference.field().name() + Names.LINK;
                if (keys.size() > 0) {
                    bringIn(include.type(), LongField.newSetQuery(link, keys.distinct()), next);
                }
            }
        }
    }

    private static void addKeys(LeafReaderContext segment, DocIdSetIterator documents, Reader.Longs keys)
            throws IOException {
        SortedNumericDocValues key = DocValues.getSortedNumeric(segment.reader(), Names.KEY);
        for (int document = documents.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = documents.nextDoc()) {
            if (key.advanceExact(document)) {
                keys.add(key.nextValue());
            }
        }
    }

    private void bringIn(Set<String> types, Reader.Longs keys, Map<String, Set<Long>> next) throws IOException {
        Query query = QueryCompiler.set(Names.KEY, keys);
        for (String type : types) {
            bringIn(type, query, next);
        }
    }

    private void bringIn(String type, Query query, Map<String, Set<Long>> next) throws IOException {
        View.Part part = view.part(type);
        if (part == null) {
            return;
        }
        read(part, query, (segment, documents) -> {
            NumericDocValues rid = DocValues.getNumeric(segment.reader(), Names.RID);
            NumericDocValues number = DocValues.getNumeric(segment.reader(), Names.NUMBER);
            for (int document = documents.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = documents.nextDoc()) {
                rid.advanceExact(document);
                number.advanceExact(document);
                VersionId id = new VersionId(rid.longValue(), (int) number.longValue());
                if (known.add(id)) {
                    included.add(id);
                    next.computeIfAbsent(type, unseen -> new LinkedHashSet<>()).add(id.rid());
                    check();
                }
            }
        });
    }

    private void check() {
        if (included.size() > limits.included()) {
            throw new SearchRefused(
                    Refusal.Code.TOO_COSTLY,
                    "_include",
                    "A page brings in at most " + limits.included() + " resources. Ask for smaller pages with _count.");
        }
    }
}
