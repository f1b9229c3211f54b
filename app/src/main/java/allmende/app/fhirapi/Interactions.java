package allmende.app.fhirapi;

import allmende.app.audit.Access;
import allmende.core.fhir.ResourceKey;
import allmende.engine.load.ResourceNames;
import allmende.engine.store.History;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Answers GETs by their address alone: the entries of bundles. */
final class Interactions {

    private final Reading reading;
    private final ObjectProvider<SearchInteraction> search;

    Interactions(Reading reading, ObjectProvider<SearchInteraction> search) {
        this.reading = reading;
        this.search = search;
    }

    /** What a GET tells; version is 0 where it is no single resource's. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Got(byte[] json, int version, @Nullable Instant at) {}

    /**
     * Carries a GET out.
     *
     * @param path without the base and without a slash before it
     * @throws FhirProblem if it is refused
     */
    Got get(String base, String path, @Nullable String query) throws IOException {
        String[] parts = path.split("/", -1);
        boolean instance = parts.length >= 2 && ResourceNames.isType(parts[0]) && ResourceNames.isId(parts[1]);
        if (path.equals("_history")) {
            return list(reading.history(new History.Scope.All(), base, path, query));
        }
        if (parts.length == 2 && ResourceNames.isType(parts[0]) && parts[1].equals("_history")) {
            return list(reading.history(new History.Scope.Type(parts[0]), base, path, query));
        }
        if (instance && parts.length == 2) {
            return one(reading.newest(new ResourceKey(parts[0], parts[1])), Access.Action.READ);
        }
        if (instance && parts.length == 3 && parts[2].equals("_history")) {
            ResourceKey key = new ResourceKey(parts[0], parts[1]);
            return list(reading.history(new History.Scope.Instance(key), base, path, query));
        }
        if (instance && parts.length == 4 && parts[2].equals("_history")) {
            return one(reading.version(new ResourceKey(parts[0], parts[1]), parts[3]), Access.Action.VREAD);
        }
        SearchInteraction there = search.getIfAvailable();
        if (there == null) {
            throw FhirProblem.notSupported("There is no such GET here.");
        }
        return list(there.search(base, path, query));
    }

    private Got one(History.Entry entry, Access.Action action) {
        return new Got(reading.resource(entry, action), entry.version(), entry.at());
    }

    private static Got list(byte[] json) {
        return new Got(json, 0, null);
    }
}
