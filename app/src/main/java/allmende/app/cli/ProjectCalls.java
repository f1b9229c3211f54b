package allmende.app.cli;

import allmende.app.operations.RunningSite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Takes steps of projects at the running site, as a person with a password: each step is somebody's. */
final class ProjectCalls {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(15);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final String PASSWORD = "ALLMENDE_PASSWORD";

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--url", paramLabel = "URL", description = "Address of the site (default: the one that runs here).")
    private @Nullable String url;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            required = true,
            description = "Who takes this step; the password is in " + PASSWORD + ", or see --password-stdin.")
    private String name = "";

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean passwordFromInput;

    /** Read once, however many calls a command makes. */
    private @Nullable String read;

    /** Reads. */
    JsonNode get(Console console, String path) {
        return call(console, request(path).GET());
    }

    /** Takes a step; what it made, or empty. */
    String post(Console console, String path, JsonNode body) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return call(console, request).path("made").asString("");
    }

    private HttpRequest.Builder request(String path) {
        String base = url != null
                ? url
                : RunningSite.find(options.location())
                        .map(RunningSite::url)
                        .orElseThrow(() -> new CommandFailure(
                                "The site does not run.", "Start it with: allmende site, or name it with --url."));
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_MAX);
    }

    private JsonNode call(Console console, HttpRequest.Builder request) {
        String both = name + ":" + password(console);
        request.header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build()) {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = read(response.body());
            if (response.statusCode() == UNAUTHORIZED) {
                throw new CommandFailure("Name or password is wrong.", "See who may log in with: allmende user list");
            }
            if (response.statusCode() != OK) {
                StringBuilder advice = new StringBuilder();
                body.path("problems")
                        .forEach(problem -> advice.append(problem.asString("")).append("\n  "));
                throw new CommandFailure(
                        body.path("detail").asString("The site answered with status " + response.statusCode() + "."),
                        advice.toString().strip());
            }
            return body;
        } catch (IOException e) {
            throw new CommandFailure("The site does not answer.", "See that it runs and that --url is right.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("The step was interrupted.", "See with: allmende project status");
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            return body.length == 0
                    ? JsonNodeFactory.instance.objectNode()
                    : JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private String password(Console console) {
        String known = read;
        if (known == null) {
            known = asked(console);
            read = known;
        }
        return known;
    }

    private String asked(Console console) {
        String set = System.getenv(PASSWORD);
        if (!passwordFromInput && set != null) {
            return set;
        }
        if (!passwordFromInput) {
            throw new CommandFailure("No password is given.", "Set " + PASSWORD + ", or use --password-stdin.");
        }
        try {
            String line = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new CommandFailure("The password can't be read.", "Pipe it in, on one line.");
        }
    }
}
