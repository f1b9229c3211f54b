package allmende.app.bulk;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.MetaSplice;
import allmende.engine.search.Refusal;
import allmende.engine.search.Search;
import allmende.engine.search.SearchAnswer;
import allmende.engine.search.SearchPage;
import allmende.engine.search.SearchRequest;
import allmende.engine.store.BulkRead.Selection;
import allmende.engine.store.History;
import allmende.engine.store.Store;
import allmende.engine.store.Store.VersionId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resources that searches find, all as of the snapshot of the job. */
final class FilteredReading {

    private static final int PAGE = 1_000;

    private final Search search;
    private final Store store;
    private final RunningJob job;
    private final Selection selection;
    private final @Nullable Set<String> patientIds;

    FilteredReading(Search search, Store store, RunningJob job) {
        this.search = search;
        this.store = store;
        this.job = job;
        this.selection = job.job().selection();
        Set<Integer> numbers = selection.patients();
        this.patientIds =
                numbers == null ? null : new HashSet<>(store.patientIds(numbers).values());
    }

    /**
     * Whether a query can be carried out.
     *
     * @throws FhirProblem 400 if not
     */
    static void check(Search search, String type, String query) {
        if (search.find(request(type, query, 1), null) instanceof SearchAnswer.Refused(List<Refusal> reasons)) {
            Refusal first = reasons.getFirst();
            throw FhirProblem.of(400, first.code().issueType(), first.reason(), "_typeFilter");
        }
    }

    long write(Job.Part.Filtered part, OutputStream out) throws IOException {
        MetaSplice splice = new MetaSplice();
        Set<VersionId> seen = new HashSet<>();
        long count = 0;
        for (String query : part.queries()) {
            // a place before the first resource, in the snapshot of the job
            SearchPage.Cursor cursor = new SearchPage.Cursor(selection.t(), part.type(), -1, -1);
            while (cursor != null) {
                if (job.isStopped()) {
                    throw new PartWriter.Stopped();
                }
                SearchPage page = page(part.type(), query, cursor);
                List<VersionId> fresh =
                        page.matches().stream().filter(seen::add).toList();
                for (History.Entry version : store.versions(fresh)) {
                    byte[] body = version.body();
                    if (body != null && isWanted(version)) {
                        splice.write(body, version.version(), version.at(), out);
                        out.write('\n');
                        count++;
                    }
                }
                cursor = page.next();
            }
        }
        return count;
    }

    private SearchPage page(String type, String query, SearchPage.Cursor cursor) {
        return switch (search.find(request(type, query, PAGE), cursor)) {
            case SearchAnswer.Found(SearchPage page) -> page;
            case SearchAnswer.Refused(List<Refusal> reasons) ->
                throw new PartWriter.Unfit(reasons.getFirst().reason());
        };
    }

    private boolean isWanted(History.Entry version) {
        String patient = version.patientId();
        boolean ofWhom = patientIds == null
                ? !selection.ofPatients() || patient != null
                : patient != null && patientIds.contains(patient);
        return ofWhom && version.t() > selection.afterT();
    }

    private static SearchRequest request(String type, String query, int count) {
        List<SearchRequest.Parameter> parameters = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                parameters.add(new SearchRequest.Parameter(
                        Asked.decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : Asked.decoded(pair.substring(equals + 1))));
            }
        }
        parameters.add(new SearchRequest.Parameter("_count", Integer.toString(count)));
        return SearchRequest.of(type, parameters);
    }
}
