package allmende.engine.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/**
 * All types as of one {@code t}, for reading. Held by whoever searches, and given back; what it refers to is closed with
 * the last holder.
 */
final class View {

    private final long t;
    private final Map<String, Part> parts;
    private int holders = 1;

    private View(long t, Map<String, Part> parts) {
        this.t = t;
        this.parts = parts;
    }

    /** A type that is open for reading. */
    record Part(TypeModel model, IndexSearcher searcher) {}

    /** A view with one holder, its maker. */
    static View of(long t, Map<String, TypeIndex> types) throws IOException {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (Map.Entry<String, TypeIndex> type : types.entrySet()) {
            DirectoryReader reader = type.getValue().refreshed();
            reader.incRef();
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            parts.put(type.getKey(), new Part(type.getValue().model(), searcher));
        }
        return new View(t, parts);
    }

    /** The newest transaction that it holds. */
    long t() {
        return t;
    }

    /** A type; null where there never was a resource of it. */
    @Nullable
    Part part(String type) {
        return parts.get(type);
    }

    /** Types of which there is, or was, a resource. */
    Set<String> types() {
        return parts.keySet();
    }

    /** Adds a holder; false where the last one has gone already. */
    synchronized boolean hold() {
        if (holders == 0) {
            return false;
        }
        holders++;
        return true;
    }

    /** Takes a holder away. */
    synchronized void release() {
        holders--;
        if (holders == 0) {
            for (Part part : parts.values()) {
                try {
                    part.searcher().getIndexReader().decRef();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
