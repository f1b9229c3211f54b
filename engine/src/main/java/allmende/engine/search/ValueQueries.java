package allmende.engine.search;

import allmende.core.fhir.Coding;
import allmende.engine.terminology.CodeSets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.WildcardQuery;
import org.jspecify.annotations.Nullable;

/** The queries of single parameters, by type and modifier, without chains. */
final class ValueQueries {

    private final CodeSets codes;
    private final long now;
    private final SearchLimits limits;

    ValueQueries(CodeSets codes, long now, SearchLimits limits) {
        this.codes = codes;
        this.now = now;
        this.limits = limits;
    }

    /**
     * One parameter with a modifier and its alternatives.
     *
     * @param parameter as it was written, for errors
     * @param modifier null for none
     * @param values alternatives, escapes still in them
     */
    record Asked(String parameter, @Nullable String modifier, List<String> values) {}

    private List<String> values(Asked asked) {
        if (asked.values().size() > limits.values()) {
            throw new SearchRefused(
                    Refusal.Code.TOO_COSTLY,
                    asked.parameter(),
                    "A parameter has at most " + limits.values() + " alternatives.");
        }
        return asked.values();
    }

    private static SearchRefused unknownModifier(Asked asked, String offered) {
        return new SearchRefused(
                Refusal.Code.MODIFIER,
                asked.parameter(),
                "The modifier :" + asked.modifier() + " is not carried out here. " + offered);
    }

    static Query any(List<Query> queries) {
        if (queries.size() == 1) {
            return queries.getFirst();
        }
        if (queries.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        queries.forEach(query -> any.add(query, BooleanClause.Occur.SHOULD));
        return new ConstantScoreQuery(any.build());
    }

    static Query not(Query query) {
        return new BooleanQuery.Builder()
                .add(new org.apache.lucene.search.MatchAllDocsQuery(), BooleanClause.Occur.FILTER)
                .add(query, BooleanClause.Occur.MUST_NOT)
                .build();
    }

    /** The query of a parameter on a field. */
    Query query(Field field, Set<String> targets, Asked asked) {
        return switch (field.type()) {
            case TOKEN -> token(field.name(), asked);
            case STRING -> string(field.name(), asked);
            case URI -> uri(field.name(), asked);
            case REFERENCE -> reference(field.name(), targets, asked);
            case DATE, NUMBER, QUANTITY -> spans(field.name(), field.type(), asked);
            case COMPOSITE -> throw new IllegalStateException("a composite has no values of its own");
        };
    }

    /** The query of a span parameter; {@code name} is the field. */
    Query spans(String name, ParamType type, Asked asked) {
        if (asked.modifier() != null) {
            throw unknownModifier(asked, "Offered is :missing.");
        }
        List<SpanField.Box> boxes = new ArrayList<>();
        for (String value : values(asked)) {
            boxes.addAll(boxes(asked.parameter(), type, value, SpanQueries.OWN));
        }
        return SpanField.query(name, boxes, true);
    }

    private List<SpanField.Box> boxes(String parameter, ParamType type, String value, SpanQueries.Keys keys) {
        return switch (type) {
            case DATE -> SpanQueries.times(parameter, Written.plain(value), keys, now);
            case NUMBER -> SpanQueries.numbers(parameter, value, keys);
            case QUANTITY -> SpanQueries.quantities(parameter, value, keys);
            case TOKEN, STRING, REFERENCE, URI, COMPOSITE -> throw new IllegalStateException(type + " has no order");
        };
    }

    /** The query of a token parameter. */
    Query token(String name, Asked asked) {
        String modifier = asked.modifier();
        if (modifier == null) {
            return tokens(name, asked);
        }
        return switch (modifier) {
            case "not" -> not(tokens(name, asked));
            case "text" -> texts(name + Names.TEXT, asked);
            case "of-type" -> ofType(name, asked);
            case "in" -> listed(name, asked);
            case "not-in" -> not(listed(name, asked));
            case "below", "above" -> hierarchy(name, asked, modifier.equals("below"));
            default ->
                throw unknownModifier(
                        asked, "Offered are :not, :text, :of-type, :in, :not-in, :below, :above and :missing.");
        };
    }

    private Query tokens(String name, Asked asked) {
        Set<String> terms = new LinkedHashSet<>();
        for (String value : values(asked)) {
            terms.add(tokenTerm(asked.parameter(), value));
        }
        return Terms.any(name, terms);
    }

    private static String tokenTerm(String parameter, String value) {
        List<String> parts = Written.split(value, '|');
        if (parts.size() > 2) {
            throw new SearchRefused(
                    Refusal.Code.VALUE, parameter, "A token is written code, system|code, |code or system|.");
        }
        String first = Written.plain(parts.getFirst());
        if (parts.size() == 1) {
            return TokenTerms.byCode(first);
        }
        String code = Written.plain(parts.get(1));
        if (first.isEmpty()) {
            return TokenTerms.bare(code);
        }
        return code.isEmpty() ? TokenTerms.bySystem(first) : TokenTerms.full(first, code);
    }

    private Query texts(String field, Asked asked) {
        List<Query> queries = new ArrayList<>();
        for (String value : values(asked)) {
            String folded = Texts.folded(Written.plain(value));
            queries.add(new PrefixQuery(new Term(field, folded)));
            queries.add(wildcard(field, "* " + escaped(folded) + "*"));
        }
        return any(queries);
    }

    private Query ofType(String name, Asked asked) {
        List<String> terms = new ArrayList<>();
        for (String value : values(asked)) {
            List<String> parts = Written.split(value, '|');
            if (parts.size() != 3) {
                throw new SearchRefused(
                        Refusal.Code.VALUE, asked.parameter(), "With :of-type a value is written system|code|value.");
            }
            terms.add(Written.plain(parts.get(0)) + "|" + Written.plain(parts.get(1)) + "|"
                    + Written.plain(parts.get(2)));
        }
        return Terms.any(name + Names.OF_TYPE, terms);
    }

    private Query listed(String name, Asked asked) {
        Set<String> terms = new LinkedHashSet<>();
        for (String value : values(asked)) {
            addCodes(asked, codes.valueSet(Written.plain(value)), terms);
        }
        return terms.isEmpty() ? new MatchNoDocsQuery() : Terms.any(name, terms);
    }

    private static void addCodes(Asked asked, CodeSets.Expansion expansion, Set<String> terms) {
        switch (expansion) {
            case CodeSets.Expansion.Codes listed -> {
                listed.bySystem()
                        .forEach((system, each) -> each.forEach(code -> terms.add(TokenTerms.full(system, code))));
                listed.wholeSystems().forEach(system -> terms.add(TokenTerms.bySystem(system)));
            }
            case CodeSets.Expansion.Unknown(String reason) ->
                throw new SearchRefused(Refusal.Code.VALUE, asked.parameter(), reason);
        }
    }

    private Query hierarchy(String name, Asked asked, boolean below) {
        Set<String> terms = new LinkedHashSet<>();
        for (String value : values(asked)) {
            List<String> parts = Written.split(value, '|');
            if (parts.size() != 2) {
                throw new SearchRefused(
                        Refusal.Code.VALUE, asked.parameter(), "With this modifier a value is written system|code.");
            }
            Coding concept = new Coding(Written.plain(parts.get(0)), Written.plain(parts.get(1)));
            terms.add(TokenTerms.full(concept.system(), concept.code()));
            addCodes(asked, below ? codes.below(concept) : codes.above(concept), terms);
        }
        return Terms.any(name, terms);
    }

    private Query string(String name, Asked asked) {
        List<Query> queries = new ArrayList<>();
        for (String value : values(asked)) {
            String plain = Written.plain(value);
            String folded = Texts.folded(plain);
            queries.add(
                    switch (asked.modifier() == null ? "" : asked.modifier()) {
                        case "" -> new PrefixQuery(new Term(name, folded));
                        case "exact" -> Terms.equal(name + Names.EXACT, plain);
                        case "contains" -> wildcard(name, "*" + escaped(folded) + "*");
                        default -> throw unknownModifier(asked, "Offered are :exact, :contains and :missing.");
                    });
        }
        return any(queries);
    }

    private static Query wildcard(String field, String pattern) {
        return new WildcardQuery(new Term(field, pattern));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
    }

    private Query uri(String name, Asked asked) {
        List<Query> queries = new ArrayList<>();
        for (String value : values(asked)) {
            String uri = Written.plain(value);
            queries.add(
                    switch (asked.modifier() == null ? "" : asked.modifier()) {
                        case "" -> Terms.equal(name, uri);
                        case "below" -> below(name, uri);
                        case "above" -> Terms.any(name, above(uri));
                        default -> throw unknownModifier(asked, "Offered are :below, :above and :missing.");
                    });
        }
        return any(queries);
    }

    /** The URI itself, what goes on from it behind a slash, and for a canonical with a version the finer versions. */
    private static Query below(String name, String uri) {
        List<Query> queries = new ArrayList<>();
        queries.add(Terms.equal(name, uri));
        if (uri.endsWith("/")) {
            queries.add(new PrefixQuery(new Term(name, uri)));
        } else if (uri.indexOf('|') >= 0) {
            queries.add(new PrefixQuery(new Term(name, uri + ".")));
        } else {
            queries.add(new PrefixQuery(new Term(name, uri + "/")));
            queries.add(new PrefixQuery(new Term(name, uri + "|")));
        }
        return any(queries);
    }

    private static Set<String> above(String uri) {
        Set<String> all = new LinkedHashSet<>();
        all.add(uri);
        for (int slash = uri.lastIndexOf('/'); slash > 0; slash = uri.lastIndexOf('/', slash - 1)) {
            all.add(uri.substring(0, slash));
            all.add(uri.substring(0, slash + 1));
        }
        return all;
    }

    private Query reference(String name, Set<String> targets, Asked asked) {
        String modifier = asked.modifier();
        if ("identifier".equals(modifier)) {
            return tokens(name + Names.IDENTIFIER, asked);
        }
        boolean isType = modifier != null && !modifier.isEmpty() && Character.isUpperCase(modifier.charAt(0));
        if (modifier != null && !isType) {
            throw unknownModifier(asked, "Offered are :identifier, :missing and the name of a type.");
        }
        Set<String> terms = new LinkedHashSet<>();
        for (String value : values(asked)) {
            addReferenceTerms(Written.plain(value), isType ? Set.of(modifier) : targets, terms);
        }
        return Terms.any(name, terms);
    }

    static void addReferenceTerms(String value, Set<String> targets, Set<String> terms) {
        if (value.indexOf('/') >= 0 || value.indexOf(':') >= 0) {
            terms.add(value);
        } else if (targets.isEmpty() || targets.size() > 20) {
            terms.add("/" + value);
        } else {
            targets.forEach(target -> terms.add(target + "/" + value));
        }
    }

    /** The query of a composite parameter. */
    Query composite(Param.Composite param, Asked asked) {
        if (asked.modifier() != null) {
            throw unknownModifier(asked, "Composites have none.");
        }
        List<Query> queries = new ArrayList<>();
        for (String value : values(asked)) {
            List<String> parts = Written.split(value, '$');
            if (parts.size() != param.components().size()) {
                throw new SearchRefused(
                        Refusal.Code.VALUE,
                        asked.parameter(),
                        "A value has " + param.components().size() + " components, separated by $.");
            }
            param.tuples().forEach(tuple -> queries.add(tuple(param, tuple, asked.parameter(), parts)));
        }
        return any(queries);
    }

    private Query tuple(Param.Composite param, Param.Tuple tuple, String parameter, List<String> parts) {
        return switch (tuple) {
            case Param.Tuple.Whole(List<Field> fields) -> {
                BooleanQuery.Builder all = new BooleanQuery.Builder();
                for (int i = 0; i < parts.size(); i++) {
                    Asked part = new Asked(parameter, null, List.of(parts.get(i)));
                    all.add(query(fields.get(i), Set.of(), part), BooleanClause.Occur.FILTER);
                }
                yield new ConstantScoreQuery(all.build());
            }
            case Param.Tuple.Repeated repeated -> repeated(param, repeated, parameter, parts);
        };
    }

    private Query repeated(Param.Composite param, Param.Tuple.Repeated tuple, String parameter, List<String> parts) {
        StringBuilder terms = new StringBuilder();
        int span = -1;
        boolean open = false;
        for (int i = 0; i < parts.size(); i++) {
            ParamType type = param.components().get(i);
            if (Composites.isSpan(type)) {
                span = i;
                continue;
            }
            terms.append(Composites.SEPARATOR);
            open = type == ParamType.STRING;
            terms.append(
                    switch (type) {
                        case TOKEN -> tokenTerm(parameter, parts.get(i));
                        case STRING -> Texts.folded(Written.plain(parts.get(i)));
                        case REFERENCE, URI, DATE, NUMBER, QUANTITY, COMPOSITE -> Written.plain(parts.get(i));
                    });
        }
        String key = terms.toString();
        if (span < 0) {
            return open ? new PrefixQuery(new Term(tuple.name(), key)) : Terms.equal(tuple.name(), key);
        }
        SpanQueries.Keys keys = own -> Composites.key(key, own);
        return SpanField.query(
                tuple.name(), boxes(parameter, param.components().get(span), parts.get(span), keys), false);
    }
}
