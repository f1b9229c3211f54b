package allmende.app.fhirapi;

import allmende.app.identity.Caller;
import allmende.app.identity.Scope;
import allmende.core.fhir.MetaSplice;
import allmende.engine.search.Refusal;
import allmende.engine.search.SearchPage;
import allmende.engine.store.Deadline;
import allmende.engine.store.History;
import allmende.engine.store.Store;
import allmende.engine.store.Store.VersionId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what a search found as a searchset, resource by resource as they come from the store. */
final class SearchBundle {

    /** Resources that are fetched at once. */
    private static final int CHUNK = 500;

    private final Store store;
    private final Caller caller;
    private final String base;
    private final MetaSplice splice = new MetaSplice();
    private final Set<String> patients = new HashSet<>();

    SearchBundle(Store store, Caller caller, String base) {
        this.store = store;
        this.caller = caller;
        this.base = base;
    }

    /** Addresses of this page and the next one; null for none. */
    record Links(String self, @Nullable String next) {}

    /** Patients whose resources were written. */
    Set<String> patients() {
        return patients;
    }

    void write(SearchPage page, Links links, OutputStream out) throws IOException {
        // The snapshot is the bundle's version: every answer names the state of the data that it shows.
        put(out, "{\"resourceType\":\"Bundle\",\"meta\":{\"versionId\":\"" + page.t() + "\"},\"type\":\"searchset\"");
        if (page.total().isPresent()) {
            put(out, ",\"total\":" + page.total().getAsLong());
        }
        put(out, ",\"link\":[{\"relation\":\"self\",\"url\":" + JsonTexts.quoted(links.self()) + "}");
        if (links.next() != null) {
            put(out, ",{\"relation\":\"next\",\"url\":" + JsonTexts.quoted(links.next()) + "}");
        }
        put(out, "]");
        ResourceShape shape = ResourceShape.of(page.form());
        Entries entries = new Entries(out, shape);
        entries.addAll(page.matches(), "match");
        entries.addAll(page.included(), "include");
        if (!page.ignored().isEmpty()) {
            entries.outcome(page.ignored());
        }
        put(out, entries.any ? "]}" : "}");
    }

    /** The entries as they are written. */
    private final class Entries {
        private final OutputStream out;
        private final @Nullable ResourceShape shape;
        private boolean any;

        Entries(OutputStream out, @Nullable ResourceShape shape) {
            this.out = out;
            this.shape = shape;
        }

        void addAll(List<VersionId> ids, String mode) throws IOException {
            for (int from = 0; from < ids.size(); from += CHUNK) {
                Deadline.current().check();
                for (History.Entry entry : store.versions(ids.subList(from, Math.min(ids.size(), from + CHUNK)))) {
                    byte[] body = entry.body();
                    if (body != null && mayShow(entry, mode)) {
                        add(entry, body, mode);
                    }
                }
            }
        }

        private void add(History.Entry entry, byte[] body, String mode) throws IOException {
            if (entry.patientId() != null) {
                patients.add(entry.patientId());
            }
            begin();
            put(
                    out,
                    "\"fullUrl\":\"" + base + "/" + entry.key().type() + "/"
                            + entry.key().id() + "\",\"resource\":");
            if (shape == null) {
                splice.write(body, entry.version(), entry.at(), out);
            } else {
                shape.write(entry.key().type(), splice.stamp(body, entry.version(), entry.at()), out);
            }
            put(out, ",\"search\":{\"mode\":\"" + mode + "\"}}");
        }

        void outcome(List<Refusal> ignored) throws IOException {
            begin();
            put(out, "\"resource\":");
            out.write(Outcomes.json(ignored.stream()
                    .map(refusal -> FhirIssue.of("warning", refusal))
                    .toList()));
            put(out, ",\"search\":{\"mode\":\"outcome\"}}");
        }

        private void begin() throws IOException {
            put(out, any ? ",{" : ",\"entry\":[{");
            any = true;
        }
    }

    /** What is brought in besides is shown to those only who could read it by itself. */
    private boolean mayShow(History.Entry entry, String mode) {
        return mode.equals("match") || caller.may(Scope.Act.READ, entry.key().type());
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
