package allmende.app.operations;

import allmende.app.site.SiteLocation;
import allmende.app.site.SiteUnavailable;
import allmende.core.cohort.Problem;
import allmende.engine.store.Erasure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A site that runs on the same machine over the same data folder, as other commands see it. */
public final class RunningSite {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration REQUEST_MAX = Duration.ofMinutes(15);
    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RunFile file;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

    private RunningSite(RunFile file) {
        this.file = file;
    }

    /** Where the site's index is. */
    public record IndexState(long t, long storeT, boolean rebuilding, boolean rebuildFailed) {}

    /** The site's answer to a query. */
    public sealed interface Answer {

        /** The count with its funnel, as JSON. */
        record Counted(JsonNode json) implements Answer {}

        /** The query can't be answered. */
        record Invalid(List<Problem> problems) implements Answer {}
    }

    /** The site that runs over this folder; empty where none does, also if one left its file behind. */
    public static Optional<RunningSite> find(SiteLocation location) {
        return RunFile.read(location)
                .filter(file ->
                        ProcessHandle.of(file.pid()).map(ProcessHandle::isAlive).orElse(false))
                .map(RunningSite::new)
                .filter(RunningSite::answers);
    }

    /** Address of the site. */
    public String url() {
        return file.url();
    }

    /** Where the index is now. */
    public IndexState index() {
        JsonNode node = call(request("/operations/index").GET().build());
        return new IndexState(
                node.path("t").asLong(),
                node.path("storeT").asLong(),
                node.path("rebuilding").asBoolean(),
                node.path("rebuildFailed").asBoolean());
    }

    /** Asks the site to rebuild its index. */
    public void rebuild() {
        call(request("/operations/index/rebuild")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Asks the site to erase a patient. */
    public Erasure erase(String patientId) {
        JsonNode node = call(request("/operations/erase")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(patientId))
                .build());
        return new Erasure(
                node.path("t").asLong(),
                node.path("resources").asLong(),
                node.path("versions").asLong(),
                node.path("quarantined").asLong(),
                node.path("logDropped").asBoolean());
    }

    /**
     * Has the site note that a command reads resources of a type for a table.
     *
     * @throws SiteUnavailable if it can't be noted: then nothing may be read
     */
    public void noteTable(String type) {
        note("table " + type);
    }

    /** The same for the bytes of an entry in quarantine. */
    public void noteQuarantine(long id) {
        note("quarantine " + id);
    }

    /** The same for what a patient permits. */
    public void noteConsent(String patient) {
        note("consent " + patient);
    }

    private void note(String what) {
        call(request("/operations/access")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(what))
                .build());
    }

    /** Asks the site to count. */
    public Answer count(byte[] query, LocalDate today) {
        HttpResponse<byte[]> response = send(request("/api/cohort/count?today=" + today)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                .build());
        if (response.statusCode() == BAD_REQUEST) {
            List<Problem> problems = new ArrayList<>();
            for (JsonNode problem : read(response).path("problems")) {
                problems.add(new Problem(
                        problem.path("pointer").asString(""),
                        problem.path("message").asString("")));
            }
            return new Answer.Invalid(problems);
        }
        return new Answer.Counted(successful(response));
    }

    private boolean answers() {
        try {
            return send(request("/operations/index").GET().build()).statusCode() != UNAUTHORIZED;
        } catch (SiteUnavailable e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(file.url() + path))
                .timeout(REQUEST_MAX)
                .header("Authorization", "Bearer " + file.token());
    }

    private JsonNode call(HttpRequest request) {
        return successful(send(request));
    }

    private static JsonNode successful(HttpResponse<byte[]> response) {
        JsonNode body = read(response);
        if (response.statusCode() / 100 != 2) {
            throw new SiteUnavailable(
                    body.path("detail")
                            .asString("The running site answered with status " + response.statusCode() + "."),
                    "Try again, or see the log of the site.");
        }
        return body;
    }

    private static JsonNode read(HttpResponse<byte[]> response) {
        try {
            return response.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new SiteUnavailable(
                    "The running site at " + file.url() + " does not answer.", "Stop it and start it again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SiteUnavailable("The request to the running site was interrupted.", "Try again.");
        }
    }
}
