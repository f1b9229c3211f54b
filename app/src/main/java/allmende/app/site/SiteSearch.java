package allmende.app.site;

import allmende.engine.search.Matches;
import allmende.engine.search.ParamDefinition;
import allmende.engine.search.Search;
import allmende.engine.search.SearchAnswer;
import allmende.engine.search.SearchEngine;
import allmende.engine.search.SearchIndex;
import allmende.engine.search.SearchLimits;
import allmende.engine.search.SearchModels;
import allmende.engine.search.SearchPage;
import allmende.engine.search.SearchRequest;
import allmende.engine.store.Store;
import allmende.engine.terminology.CodeSets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Search in a site's data, from the moment when the data is open. */
public final class SiteSearch implements Search, AutoCloseable {

    private final Site site;
    private volatile SearchModels models = SearchModels.with(List.of());
    private volatile CodeSets codes = CodeSets.NONE;
    private volatile @Nullable SearchEngine engine;
    private volatile @Nullable SearchIndex index;

    SiteSearch(Site site) {
        this.site = site;
    }

    /** Opens the index and begins to follow the store. */
    synchronized void open(Store store) {
        SearchIndex opened = SearchIndex.open(site.location().search(), store, models)
                .orElseThrow(() -> new SiteUnavailable(
                        "Another process uses the search index.", "Stop it, and start the site again."));
        opened.follow();
        index = opened;
        engine = new SearchEngine(store, opened, () -> codes, InstantSource.system(), SearchLimits.SITE);
    }

    /** Adds search parameters to those of the standard; what they concern is indexed anew while the site serves. */
    public synchronized void use(Collection<ParamDefinition> added) {
        models = SearchModels.with(added);
        SearchIndex open = index;
        if (open != null) {
            open.use(models);
        }
    }

    /** Asks this terminology about value sets and hierarchies. */
    public void use(CodeSets terminology) {
        codes = terminology;
    }

    /** What can be searched for. */
    public SearchModels models() {
        return models;
    }

    private SearchEngine engine() {
        SearchEngine open = engine;
        if (open == null) {
            site.data(); // tells why, where the data is not open either
            throw new SiteUnavailable("The search index is being opened.", "Try again in a few seconds.");
        }
        return open;
    }

    @Override
    public SearchAnswer find(SearchRequest request, SearchPage.@Nullable Cursor after) {
        return engine().find(request, after);
    }

    @Override
    public Matches matching(String type, List<SearchRequest.Parameter> criteria, int limit) {
        return engine().matching(type, criteria, limit);
    }

    @Override
    public synchronized void close() {
        engine = null;
        SearchIndex open = index;
        index = null;
        if (open != null) {
            Objects.requireNonNull(open).close();
        }
    }
}
