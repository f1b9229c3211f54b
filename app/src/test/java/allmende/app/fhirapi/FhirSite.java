package allmende.app.fhirapi;

import allmende.app.Hospital;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** One open site without data for all tests of the door, each of which uses names of its own. */
public final class FhirSite {

    private static Started started;
    private static Path data;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private FhirSite() {}

    /** The running site. */
    public static synchronized Started started() {
        if (started == null) {
            try {
                data = Files.createTempDirectory("allmende-fhir");
                started = Started.over(data, Access.OPEN);
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                Hospital.delete(data);
            }));
        }
        return started;
    }

    /** The newest transaction of its store. */
    public static long t() {
        return started().t();
    }

    /** Its data folder. */
    public static Path data() {
        started();
        return data;
    }

    /** Sends a request; headers as name, value, name, value. */
    public static Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(path.startsWith("http") ? path : started().url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public static Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public static Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return FhirJson.parse(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Type and issue code of an OperationOutcome; anything else as it is. */
        public String issue() {
            JsonNode json = json();
            return json.path("resourceType").asString("").equals("OperationOutcome")
                    ? json.path("issue").path(0).path("code").asString("")
                    : "no outcome: " + text();
        }
    }
}
