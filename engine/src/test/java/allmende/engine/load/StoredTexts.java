package allmende.engine.load;

import allmende.engine.store.ChangePage;
import allmende.engine.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a store holds now, for comparison. */
final class StoredTexts {

    private StoredTexts() {}

    /** Current resources by key, each with its version number before its text. */
    static Map<String, String> withVersions(Store store) {
        Map<String, String> texts = new TreeMap<>();
        long t = 0;
        boolean last = false;
        while (!last) {
            ChangePage page = store.changes(t, 10_000);
            for (ChangePage.Change change : page.changes()) {
                byte[] body = change.body();
                if (body == null) {
                    texts.remove(change.key().toString());
                } else {
                    texts.put(
                            change.key().toString(),
                            "v" + change.version() + " p" + (change.patient() >= 0) + " "
                                    + new String(body, StandardCharsets.UTF_8));
                }
            }
            t = page.t();
            last = page.last();
        }
        return texts;
    }
}
