package allmende.engine.search;

import allmende.engine.store.DeadlinePassed;
import allmende.engine.store.History;
import allmende.engine.store.Store;
import allmende.engine.store.Store.VersionId;
import allmende.engine.terminology.CodeSets;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** Searches in the index of a store. */
public final class SearchEngine implements Search {

    /** How long a search waits for the index to see what was committed before it. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** The same for a condition on which something is written. */
    private static final Duration CERTAIN = Duration.ofSeconds(30);

    private static final Refusal TOO_LONG = new Refusal(Refusal.Code.TOO_COSTLY, "", DeadlinePassed.SENTENCE);

    private final Store store;
    private final SearchIndex index;
    private final Supplier<CodeSets> codes;
    private final InstantSource clock;
    private final SearchLimits limits;

    /** A search over a store and the index that follows it. */
    public SearchEngine(
            Store store, SearchIndex index, Supplier<CodeSets> codes, InstantSource clock, SearchLimits limits) {
        this.store = store;
        this.index = index;
        this.codes = codes;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public SearchAnswer find(SearchRequest request, SearchPage.@Nullable Cursor after) {
        try {
            if (after == null && !index.await(index.committed(), FRESH)) {
                throw new SearchRefused(
                        Refusal.Code.NOT_YET,
                        "",
                        "The search index has reached transaction " + index.t() + " of " + index.committed()
                                + "; an answer now would leave out the others. Try again in a while.");
            }
            if (after != null && !index.await(after.t(), FRESH)) {
                throw new SearchRefused(
                        Refusal.Code.SNAPSHOT, "", "The snapshot of this search is not known here. Begin it anew.");
            }
            return index.read(view -> new SearchAnswer.Found(page(view, request, after)));
        } catch (SearchRefused refused) {
            return new SearchAnswer.Refused(List.of(refused.refusal()));
        } catch (DeadlinePassed late) {
            return new SearchAnswer.Refused(List.of(TOO_LONG));
        }
    }

    @Override
    public Matches matching(String type, List<SearchRequest.Parameter> criteria, int limit) {
        try {
            if (!index.await(store.currentT(), CERTAIN)) {
                throw new SearchRefused(Refusal.Code.NOT_YET, "", "The search index is behind. Try again in a while.");
            }
            SearchRequest request = SearchRequest.of(type, criteria);
            checkSize(request);
            List<VersionId> found = index.read(view -> {
                View.Part part = view.part(type);
                Queries queries = queries(view, view.t(), request);
                return part == null
                        ? List.of()
                        : new Finder(part, view.t()).next(queries.ofType(type), List.of(), limit, null);
            });
            return new Matches.Keys(
                    store.versions(found).stream().map(History.Entry::key).toList());
        } catch (SearchRefused refused) {
            return new Matches.Refused(List.of(refused.refusal()));
        } catch (DeadlinePassed late) {
            return new Matches.Refused(List.of(TOO_LONG));
        }
    }

    private Queries queries(View view, long t, SearchRequest request) {
        ValueQueries values = new ValueQueries(codes.get(), clock.instant().toEpochMilli(), limits);
        return new Queries(request, new QueryCompiler(view, t, index.models(), values, limits));
    }

    private void checkSize(SearchRequest request) {
        if (request.parameters().size() > limits.parameters()) {
            throw new SearchRefused(
                    Refusal.Code.TOO_COSTLY, "", "A search has at most " + limits.parameters() + " parameters.");
        }
    }

    private SearchPage page(View view, SearchRequest request, SearchPage.@Nullable Cursor after) throws IOException {
        checkSize(request);
        long t = after == null ? view.t() : after.t();
        ResultForm form = ResultForm.of(request, limits);
        Queries queries = queries(view, t, request);
        List<String> types = types(view, request);
        if (types.size() > 1 && !form.sort().isEmpty()) {
            throw new SearchRefused(Refusal.Code.UNKNOWN, "_sort", "A search over several types can't be sorted.");
        }
        Gathered gathered = new Gathered();
        long total = after == null ? 0 : after.total();
        boolean begun = after == null;
        for (String type : types) {
            View.Part part = view.part(type);
            // The query is made even where there is nothing to find: what it asks for wrongly is told.
            Query query = queries.ofType(type);
            boolean continued = after != null && after.type().equals(type);
            begun |= continued;
            if (part == null || !begun) {
                continue;
            }
            Finder finder = new Finder(part, t);
            if (after == null && (form.total() || form.summary() == ResultForm.Summary.COUNT)) {
                total += finder.count(query);
            }
            int room = form.count() + 1 - gathered.ids.size();
            if (form.summary() != ResultForm.Summary.COUNT && room > 0) {
                Long from = after != null && continued ? after.rid() : null;
                gathered.add(type, finder.next(query, form.sort(), room, from));
            }
        }
        boolean told = after == null ? form.total() || form.summary() == ResultForm.Summary.COUNT : total >= 0;
        SearchPage bare = new SearchPage(
                t,
                told ? OptionalLong.of(total) : OptionalLong.empty(),
                List.of(),
                List.of(),
                null,
                queries.ignored(),
                form);
        return filled(view, bare, gathered);
    }

    private SearchPage filled(View view, SearchPage bare, Gathered gathered) throws IOException {
        ResultForm form = bare.form();
        long t = bare.t();
        boolean more = gathered.ids.size() > form.count();
        List<VersionId> matches = more ? gathered.ids.subList(0, form.count()) : gathered.ids;
        List<VersionId> included = matches.isEmpty()
                ? List.of()
                : new Includes(view, t, index.models(), limits)
                        .of(form, new Includes.Page(gathered.byType(matches), matches));
        SearchPage.Cursor next = null;
        if (more && !matches.isEmpty()) {
            VersionId last = matches.getLast();
            next = new SearchPage.Cursor(
                    t, gathered.typeOf(last), last.rid(), bare.total().orElse(-1));
        }
        return new SearchPage(t, bare.total(), matches, included, next, bare.ignored(), form);
    }

    private List<String> types(View view, SearchRequest request) {
        String only = request.type();
        if (only != null) {
            return List.of(only);
        }
        SearchRequest.Compartment compartment = request.compartment();
        Set<String> all = new TreeSet<>(view.types());
        if (compartment != null) {
            all.retainAll(Compartments.members(compartment.type()));
        }
        Set<String> wanted = new TreeSet<>();
        for (SearchRequest.Parameter parameter : request.parameters()) {
            if (parameter.name().equals("_type")) {
                wanted.addAll(List.of(parameter.value().split(",")));
            }
        }
        for (String type : wanted) {
            if (!index.models().types().contains(type)) {
                throw new SearchRefused(Refusal.Code.VALUE, "_type", "It lists names of resource types.");
            }
        }
        if (!wanted.isEmpty()) {
            all.retainAll(wanted);
        }
        return new ArrayList<>(all);
    }

    /** What a page is gathered in: one more than is shown tells that there is a next one. */
    private static final class Gathered {
        private final List<VersionId> ids = new ArrayList<>();
        private final Map<String, Set<VersionId>> types = new LinkedHashMap<>();

        void add(String type, List<VersionId> found) {
            ids.addAll(found);
            types.computeIfAbsent(type, unseen -> new LinkedHashSet<>()).addAll(found);
        }

        String typeOf(VersionId id) {
            return types.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(id))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
        }

        Map<String, Set<Long>> byType(List<VersionId> shown) {
            Set<VersionId> wanted = new LinkedHashSet<>(shown);
            Map<String, Set<Long>> rids = new LinkedHashMap<>();
            types.forEach(
                    (type, found) -> found.stream().filter(wanted::contains).forEach(id -> rids.computeIfAbsent(
                                    type, unseen -> new LinkedHashSet<>())
                            .add(id.rid())));
            return rids;
        }
    }
}
