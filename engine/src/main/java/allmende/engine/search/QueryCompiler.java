package allmende.engine.search;

import allmende.engine.search.ValueQueries.Asked;
import allmende.engine.store.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * Makes queries of the parameters of a search in one type. Chains and {@code _has} are carried out on the way: what the
 * inner search finds becomes a set of keys that the outer one asks for.
 */
final class QueryCompiler {

    private static final String HAS = "_has";
    private static final String MISSING = "missing";

    private final View view;
    private final long t;
    private final SearchModels models;
    private final ValueQueries values;
    private final SearchLimits limits;

    QueryCompiler(View view, long t, SearchModels models, ValueQueries values, SearchLimits limits) {
        this.view = view;
        this.t = t;
        this.models = models;
        this.values = values;
        this.limits = limits;
    }

    /** The query of one parameter of a type. */
    Query compile(String type, String name, String value) throws IOException {
        return compile(type, name, value, 0);
    }

    private Query compile(String type, String name, String value, int depth) throws IOException {
        if (depth > limits.chain()) {
            throw new SearchRefused(Refusal.Code.TOO_COSTLY, name, "A chain has at most " + limits.chain() + " links.");
        }
        if (name.equals(CareDates.START) || name.equals(CareDates.END)) {
            return careDate(type, name, value, depth);
        }
        if (name.startsWith(HAS + ":")) {
            return has(type, name, value, depth);
        }
        int dot = name.indexOf('.');
        return dot > 0
                ? chain(type, name.substring(0, dot), name.substring(dot + 1), value, depth)
                : single(type, name, value);
    }

    /** Resources of the time of care that is asked for, and all of a type that tells no such time. */
    private Query careDate(String type, String name, String value, int depth) throws IOException {
        List<Query> any = new ArrayList<>();
        for (String code : CareDates.of(type)) {
            any.add(compile(type, code, (name.equals(CareDates.START) ? "ge" : "le") + value, depth));
        }
        return any.isEmpty() ? new MatchAllDocsQuery() : ValueQueries.any(any);
    }

    private Query single(String type, String name, String value) {
        int colon = name.indexOf(':');
        String code = colon < 0 ? name : name.substring(0, colon);
        String modifier = colon < 0 ? null : name.substring(colon + 1);
        Asked asked = new Asked(name, modifier, Written.split(value, ','));
        if (code.equals(SystemParams.ID)) {
            return ids(asked);
        }
        if (code.equals(SystemParams.LAST_UPDATED)) {
            return values.spans(SystemParams.LAST_UPDATED, ParamType.DATE, asked);
        }
        Param param = param(type, code, name);
        if (MISSING.equals(modifier)) {
            return missing(param, asked);
        }
        return switch (param) {
            case Param.Plain plain -> values.query(plain.field(), plain.targets(), asked);
            case Param.Composite composite -> values.composite(composite, asked);
        };
    }

    private static Query ids(Asked asked) {
        Set<String> ids = new TreeSet<>();
        asked.values().forEach(value -> ids.add(Written.plain(value)));
        if (asked.modifier() == null) {
            return Terms.any(SystemParams.ID, ids);
        }
        if (asked.modifier().equals("not")) {
            return ValueQueries.not(Terms.any(SystemParams.ID, ids));
        }
        throw new SearchRefused(Refusal.Code.MODIFIER, asked.parameter(), "Offered is :not.");
    }

    private Param param(String type, String code, String written) {
        Param param = models.of(type).param(code);
        if (param == null) {
            throw new SearchRefused(
                    Refusal.Code.UNKNOWN,
                    written,
                    "The type " + type + " has no search parameter \"" + code
                            + "\". GET [base]/metadata lists those that it has; with Prefer: handling=lenient unknown ones"
                            + " are ignored.");
        }
        TypeModel indexed = indexed(type);
        if (indexed != null && !isIndexed(param, indexed)) {
            throw new SearchRefused(
                    Refusal.Code.NOT_YET,
                    written,
                    "This parameter was added and is still being indexed. Try again in a while.");
        }
        return param;
    }

    private @Nullable TypeModel indexed(String type) {
        View.Part part = view.part(type);
        return part == null ? null : part.model();
    }

    private static boolean isIndexed(Param param, TypeModel indexed) {
        Param known = indexed.param(param.code());
        return known != null && known.url().equals(param.url());
    }

    private static Query missing(Param param, Asked asked) {
        String value = asked.values().getFirst();
        boolean wanted = value.equals("true");
        if (asked.values().size() != 1 || !(wanted || value.equals("false"))) {
            throw new SearchRefused(Refusal.Code.VALUE, asked.parameter(), "With :missing the value is true or false.");
        }
        if (!(param instanceof Param.Plain plain)) {
            throw new SearchRefused(Refusal.Code.MODIFIER, asked.parameter(), "Composites have no :missing.");
        }
        // A parameter that shares the field of a wider one asks for its own types of references.
        Query present = plain.code().equals(plain.field().name()) || plain.type() != ParamType.REFERENCE
                ? Terms.equal(Names.PRESENT, plain.field().name())
                : ValueQueries.any(plain.targets().stream()
                        .<Query>map(
                                target -> new PrefixQuery(new Term(plain.field().name(), target + "/")))
                        .toList());
        return wanted ? ValueQueries.not(present) : present;
    }

    /** {@code subject:Patient.birthdate}: resources that refer to what the rest finds. */
    private Query chain(String type, String link, String rest, String value, int depth) throws IOException {
        int colon = link.indexOf(':');
        String code = colon < 0 ? link : link.substring(0, colon);
        Param.Plain reference = reference(type, code, link + "." + rest);
        Set<String> targets = colon < 0 ? reference.targets() : Set.of(link.substring(colon + 1));
        Reader.Longs keys = new Reader.Longs();
        SearchRefused refused = null;
        boolean understood = false;
        for (String target : targets.isEmpty() ? models.types() : new TreeSet<>(targets)) {
            if (!models.types().contains(target)) {
                throw new SearchRefused(Refusal.Code.MODIFIER, link + "." + rest, "\"" + target + "\" is no type.");
            }
            try {
                Query inner = compile(target, rest, value, depth + 1);
                understood = true;
                collectKeys(target, inner, keys);
            } catch (SearchRefused notThere) {
                if (notThere.refusal().code() != Refusal.Code.UNKNOWN || targets.size() == 1) {
                    throw notThere;
                }
                refused = notThere;
            }
        }
        if (!understood && refused != null) {
            throw refused;
        }
        return set(reference.field().name() + Names.LINK, keys);
    }

    private Param.Plain reference(String type, String code, String written) {
        if (param(type, code, written) instanceof Param.Plain plain && plain.type() == ParamType.REFERENCE) {
            return plain;
        }
        throw new SearchRefused(
                Refusal.Code.VALUE,
                written,
                "The parameter \"" + code + "\" is no reference, so nothing can follow it.");
    }

    private void collectKeys(String type, Query query, Reader.Longs keys) throws IOException {
        View.Part part = view.part(type);
        if (part != null) {
            new Reader(part.searcher(), t).each(query, (segment, documents) -> {
                SortedNumericDocValues key = DocValues.getSortedNumeric(segment.reader(), Names.KEY);
                collect(documents, key, keys);
            });
        }
    }

    private void collect(DocIdSetIterator documents, SortedNumericDocValues numbers, Reader.Longs into)
            throws IOException {
        Deadline deadline = Deadline.current();
        int looked = 0;
        for (int document = documents.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = documents.nextDoc()) {
            if ((++looked & Reader.LOOKS_EVERY) == 0) {
                deadline.check();
            }
            if (numbers.advanceExact(document)) {
                for (int i = 0; i < numbers.docValueCount(); i++) {
                    into.add(numbers.nextValue());
                }
            }
            if (into.size() > limits.joined()) {
                throw new SearchRefused(
                        Refusal.Code.TOO_COSTLY,
                        "",
                        "A chain leads over more than " + limits.joined() + " resources. Narrow the inner condition.");
            }
        }
    }

    /** {@code _has:Condition:patient:code}: resources that are referred to by what the rest finds. */
    private Query has(String type, String name, String value, int depth) throws IOException {
        String[] parts = name.split(":", 4);
        if (parts.length < 4 || parts[3].isEmpty()) {
            throw new SearchRefused(
                    Refusal.Code.VALUE,
                    name,
                    "_has is written _has:Type:reference:parameter, such as" + " _has:Condition:patient:code.");
        }
        String source = parts[1];
        if (!models.types().contains(source)) {
            throw new SearchRefused(Refusal.Code.VALUE, name, "\"" + source + "\" is no type of resources.");
        }
        Param.Plain reference = reference(source, parts[2], name);
        if (!reference.targets().isEmpty() && !reference.targets().contains(type)) {
            throw new SearchRefused(
                    Refusal.Code.VALUE, name, "\"" + parts[2] + "\" of " + source + " does not lead to " + type + ".");
        }
        Query inner = compile(source, parts[3], value, depth + 1);
        Reader.Longs keys = new Reader.Longs();
        View.Part part = view.part(source);
        if (part != null) {
            String link = reference.field().name() + Names.LINK;
            new Reader(part.searcher(), t)
                    .each(
                            inner,
                            (segment, documents) ->
                                    collect(documents, DocValues.getSortedNumeric(segment.reader(), link), keys));
        }
        return set(Names.KEY, keys);
    }

    static Query set(String field, Reader.Longs keys) {
        return keys.size() == 0 ? new MatchNoDocsQuery() : new KeysQuery(field, keys.distinct());
    }

    /** All of these. */
    static Query all(List<Query> queries) {
        if (queries.isEmpty()) {
            return new MatchAllDocsQuery();
        }
        if (queries.size() == 1) {
            return queries.getFirst();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        queries.forEach(query -> all.add(query, BooleanClause.Occur.FILTER));
        return all.build();
    }

    /** Those of a type in a compartment. */
    Query compartment(SearchRequest.Compartment compartment, String type) {
        List<Query> any = new ArrayList<>();
        String key = compartment.type() + "/" + compartment.id();
        for (String code : Compartments.parameters(compartment.type(), type)) {
            if (models.of(type).param(code) instanceof Param.Plain plain && plain.type() == ParamType.REFERENCE) {
                any.add(Terms.equal(plain.field().name(), key));
            }
        }
        if (compartment.type().equals(type)) {
            any.add(Terms.equal(SystemParams.ID, compartment.id()));
        }
        return ValueQueries.any(any);
    }
}
