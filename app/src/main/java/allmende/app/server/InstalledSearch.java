package allmende.app.server;

import allmende.app.site.SiteSearch;
import allmende.engine.packages.Packages;
import allmende.engine.search.ParamDefinition;
import allmende.engine.search.ParamDefinitions;
import allmende.engine.terminology.CodeSets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tells the search what the installed packages define, now and whenever that changes. */
final class InstalledSearch implements AutoCloseable {

    private final SiteSearch search;
    private final Packages packages;
    private final Packages.Subscription subscription;

    InstalledSearch(SiteSearch search, Packages packages, CodeSets codes) {
        this.search = search;
        this.packages = packages;
        search.use(codes);
        this.subscription = packages.onChange(this::refresh);
        refresh();
    }

    private void refresh() {
        List<ParamDefinition> definitions = new ArrayList<>();
        for (JsonNode parameter : packages.definitions("SearchParameter")) {
            ParamDefinitions.of(parameter).ifPresent(definitions::add);
        }
        search.use(definitions);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
