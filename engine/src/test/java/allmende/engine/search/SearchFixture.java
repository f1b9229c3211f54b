package allmende.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.proof.MemoryStore;
import allmende.engine.store.History;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.terminology.CodeSets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A store in memory with a search index that follows it. */
final class SearchFixture implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(20);

    final Store store;
    final SearchIndex index;
    final SearchEngine search;

    SearchFixture(Path folder) {
        this(new MemoryStore(), folder, CodeSets.NONE, SearchLimits.SITE);
    }

    SearchFixture(Store store, Path folder, CodeSets codes, SearchLimits limits) {
        this.store = store;
        index = SearchIndex.open(folder, store, SearchModels.with(List.of())).orElseThrow();
        index.follow();
        search = new SearchEngine(store, index, () -> codes, () -> Instant.parse("2024-06-01T12:00:00Z"), limits);
    }

    /** Writes resources in one transaction. */
    long write(String... resources) {
        List<ResourceWrite> writes = new ArrayList<>();
        for (String resource : resources) {
            byte[] bytes = resource.getBytes(StandardCharsets.UTF_8);
            JsonNode json = FhirJson.parse(bytes);
            writes.add(new ResourceWrite(
                    key(json),
                    bytes,
                    key(json).type().equals("Patient") ? key(json).id() : null,
                    List.of()));
        }
        return store.write(writes).t();
    }

    void delete(String type, String id) {
        store.write(List.of(new ResourceWrite(new ResourceKey(type, id), null, null, List.of())));
    }

    static ResourceKey key(JsonNode json) {
        return new ResourceKey(
                json.path("resourceType").stringValue(), json.path("id").stringValue());
    }

    /** The answer to {@code Type?query}, or {@code Patient/1/Type?query}. */
    SearchAnswer ask(String url, boolean lenient) {
        return ask(url, lenient, null);
    }

    SearchAnswer ask(String url, boolean lenient, SearchPage.@Nullable Cursor after) {
        assertThat(index.await(store.currentT(), LONG)).isTrue();
        return search.find(request(url, lenient), after);
    }

    static SearchRequest request(String url, boolean lenient) {
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        List<SearchRequest.Parameter> parameters = new ArrayList<>();
        for (String pair :
                question < 0 ? new String[0] : url.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            parameters.add(new SearchRequest.Parameter(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
        }
        String[] steps = path.split("/");
        return steps.length == 3
                ? new SearchRequest(
                        steps[2].equals("*") ? null : steps[2],
                        new SearchRequest.Compartment(steps[0], steps[1]),
                        parameters,
                        lenient)
                : new SearchRequest(path.isEmpty() ? null : path, null, parameters, lenient);
    }

    SearchPage page(String url) {
        return page(url, null);
    }

    SearchPage page(String url, SearchPage.@Nullable Cursor after) {
        SearchAnswer answer = ask(url, false, after);
        assertThat(answer).as(url).isInstanceOf(SearchAnswer.Found.class);
        return ((SearchAnswer.Found) answer).page();
    }

    /** Ids of versions, in order. */
    List<String> ids(List<Store.VersionId> versions) {
        return store.versions(versions).stream()
                .map(History.Entry::key)
                .map(ResourceKey::id)
                .toList();
    }

    /** Ids of what a search finds, in order. */
    List<String> found(String url) {
        return ids(page(url).matches());
    }

    @Override
    public void close() {
        index.close();
    }
}
