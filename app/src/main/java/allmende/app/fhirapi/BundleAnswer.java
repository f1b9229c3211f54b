package allmende.app.fhirapi;

import allmende.core.fhir.MetaSplice;
import allmende.core.fhir.ResourceKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;

/** The answer to a transaction or batch, written entry by entry. */
final class BundleAnswer {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    private final String base;
    private final boolean representation;
    private final boolean outcome;
    private boolean first = true;

    BundleAnswer(String type, String base, boolean representation, boolean outcome) {
        this.base = base;
        this.representation = representation;
        this.outcome = outcome;
        put("{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\"");
    }

    /** A change. */
    void add(Done done) {
        ResourceKey key = done.key();
        begin();
        byte[] resource = representation ? done.resource() : null;
        if (resource != null && key != null) {
            put("\"fullUrl\":" + JsonTexts.quoted(base + "/" + key) + ",\"resource\":");
            out.writeBytes(resource);
            put(",");
        }
        response(done.status());
        if (key != null && done.version() > 0) {
            if (done.body() != null) {
                put(",\"location\":\"" + done.location() + "\"");
            }
            put(",\"etag\":\"W/\\\"" + done.version() + "\\\"\",\"lastModified\":\"" + MetaSplice.time(done.at())
                    + "\"");
        }
        if (outcome) {
            put(",\"outcome\":");
            out.writeBytes(Outcomes.fine("Done."));
        }
        put("}}");
    }

    /** What was read; {@code known} where the caller has this version. */
    void add(Interactions.Got got, boolean known) {
        begin();
        if (!known) {
            put("\"resource\":");
            out.writeBytes(got.json());
            put(",");
        }
        response(known ? 304 : 200);
        if (got.version() > 0 && got.at() != null) {
            put(",\"etag\":\"W/\\\"" + got.version() + "\\\"\",\"lastModified\":\"" + MetaSplice.time(got.at()) + "\"");
        }
        put("}}");
    }

    /** What could not be done. */
    void add(FhirProblem problem) {
        begin();
        response(problem.status());
        put(",\"outcome\":");
        out.writeBytes(Outcomes.json(List.copyOf(problem.issues())));
        put("}}");
    }

    byte[] bytes() {
        put(first ? "}" : "]}");
        return out.toByteArray();
    }

    private void begin() {
        put(first ? ",\"entry\":[{" : ",{");
        first = false;
    }

    private void response(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        put("\"response\":{\"status\":\"" + status + (known == null ? "" : " " + known.getReasonPhrase()) + "\"");
    }

    private void put(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
