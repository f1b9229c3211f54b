package allmende.app.fhirapi;

import allmende.app.audit.Access;
import allmende.app.identity.Caller;
import allmende.app.site.Site;
import allmende.engine.search.Compartments;
import allmende.engine.search.Refusal;
import allmende.engine.search.Search;
import allmende.engine.search.SearchAnswer;
import allmende.engine.search.SearchPage;
import allmende.engine.search.SearchPage.Cursor;
import allmende.engine.search.SearchRequest;
import allmende.engine.search.SearchRequest.Compartment;
import allmende.engine.search.SearchRequest.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches for whoever asks: a request of its own, or an entry of a bundle. */
final class Searches implements SearchInteraction {

    private final Site site;
    private final Search search;
    private final Watch watch;
    private final PageTokens tokens;

    Searches(Site site, Search search, Watch watch, PageTokens tokens) {
        this.site = site;
        this.search = search;
        this.watch = watch;
        this.tokens = tokens;
    }

    /**
     * What to search, from an address.
     *
     * @param path {@code Patient}, {@code Patient/1/Observation}, {@code Patient/1/*}, or empty for all types
     * @throws FhirProblem 404 if it is no such path
     */
    static SearchRequest request(String path, List<Parameter> parameters, boolean lenient) {
        if (path.isEmpty()) {
            return new SearchRequest(null, null, parameters, lenient);
        }
        String[] parts = path.split("/", -1);
        if (parts.length == 1) {
            return new SearchRequest(Keys.type(parts[0]), null, parameters, lenient);
        }
        if (parts.length == 3 && parts[0].equals("Patient") && parts[2].equals("$everything")) {
            return Everything.request(parts[1], parameters);
        }
        boolean all = parts.length == 3 && parts[2].equals("*");
        if (parts.length == 3 && Compartments.types().contains(parts[0])) {
            Compartment compartment = new Compartment(parts[0], parts[1]);
            String type = all ? null : Keys.type(parts[2]);
            if (all || Compartments.members(parts[0]).contains(type)) {
                return new SearchRequest(type, compartment, parameters, lenient);
            }
        }
        throw FhirProblem.of(404, "not-found", "There is no such compartment, or it has no resources of this type.");
    }

    @Override
    public byte[] search(String base, String path, @Nullable String query) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
        List<Parameter> parameters = query == null ? List.of() : Criteria.parameters(query);
        write(request(path, parameters, false), null, new Address(base, path, query), out);
        return out.toByteArray();
    }

    /** How the caller reached a search. */
    record Address(String base, String path, @Nullable String query) {
        String self() {
            return base + (path.isEmpty() ? "" : "/" + path) + (query == null ? "" : "?" + query);
        }
    }

    /** A page that was found, and how to write it. */
    record Ready(SearchPage page, SearchRequest request, Address address) {}

    /** Finds a page and writes it. */
    void write(SearchRequest request, @Nullable Cursor after, Address address, OutputStream out) throws IOException {
        write(find(request, after, address), out);
    }

    /**
     * Finds a page.
     *
     * @throws FhirProblem if it is refused
     */
    Ready find(SearchRequest asked, @Nullable Cursor after, Address address) {
        SearchRequest request = SearchBounds.bounded(asked, watch.caller());
        watch.requireLog();
        return switch (search.find(request, after)) {
            case SearchAnswer.Found(SearchPage page) -> new Ready(page, request, address);
            case SearchAnswer.Refused(List<Refusal> reasons) -> throw refused(reasons);
        };
    }

    private static FhirProblem refused(List<Refusal> reasons) {
        Refusal.Code first = reasons.getFirst().code();
        FhirProblem problem = new FhirProblem(
                status(first),
                reasons.stream().map(reason -> FhirIssue.of("error", reason)).toList());
        return first == Refusal.Code.NOT_YET ? problem.with("Retry-After", "10") : problem;
    }

    /** Of HTTP. */
    static int status(Refusal.Code code) {
        return switch (code) {
            case UNKNOWN, MODIFIER, VALUE -> 400;
            case TOO_COSTLY -> 413;
            case SNAPSHOT -> 410;
            case NOT_YET -> 503;
        };
    }

    /** Writes a page, and tells the audit whose data it showed. */
    void write(Ready ready, OutputStream out) throws IOException {
        Caller caller = watch.caller();
        SearchPage page = ready.page();
        Address address = ready.address();
        Cursor next = page.next();
        SearchBundle bundle = new SearchBundle(site.data().store(), caller, address.base());
        String nextUrl = next == null
                ? null
                : address.base() + "/_page/" + tokens.seal(new PageTokens.Page(ready.request(), next));
        try {
            bundle.write(page, new SearchBundle.Links(address.self(), nextUrl), out);
        } finally {
            Access access = watch.by(Access.Action.SEARCH)
                    .asking(ready.request().parameters().stream()
                            .map(Parameter::name)
                            .toList())
                    .of(Access.Patients.of(bundle.patients()))
                    .at(page.t());
            watch.told(access.on(ready.request().type(), null));
        }
    }

    /** What a link to a page stands for. */
    PageTokens.Page page(String token) {
        return tokens.open(token);
    }
}
