package allmende.engine.terminology.remote;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks an external FHIR terminology server. What is asked is codes and definitions, never a patient's data: the caller puts
 * questions together from codes alone. Answers are kept for a while. Safe for several threads.
 */
public final class RemoteTerminology implements AutoCloseable {

    /** Most answers that are kept, and the largest answer in bytes. */
    private static final int KEPT_MAX = 5_000;

    private static final int ANSWER_MAX = 32 << 20;

    /** Answers larger than this are not kept. */
    private static final int KEPT_BYTES_MAX = 256 << 10;

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final @Nullable RemoteSettings settings;
    private final @Nullable HttpClient client;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** An answer and until when it holds. */
    private record Kept(RemoteAnswer answer, Instant until) {}

    /** What is asked, and the text by which the answer is found again. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Question(String path, byte[] body, String key) {}

    private RemoteTerminology(@Nullable RemoteSettings settings, @Nullable HttpClient client, Clock clock) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
    }

    /** Asks nobody. */
    public static RemoteTerminology none() {
        return new RemoteTerminology(null, null, Clock.systemUTC());
    }

    /**
     * Asks the server of these settings.
     *
     * @throws IOException if the certificate can't be used; the message is a sentence
     */
    public static RemoteTerminology of(RemoteSettings settings, Clock clock) throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(settings.timeout()).followRedirects(HttpClient.Redirect.NEVER);
        if (settings.keyStore() != null) {
            builder.sslContext(ClientCertificate.context(settings.keyStore(), settings.keyStorePassword()));
        }
        return new RemoteTerminology(settings, builder.build(), clock);
    }

    /** Whether it is to be asked about codes of these systems: about each of them; where none is known, about anything. */
    public boolean answersFor(List<String> systems) {
        if (settings == null) {
            return false;
        }
        return settings.systems().contains("*")
                || (!systems.isEmpty() && systems.stream().allMatch(system -> named(settings, system)));
    }

    private static boolean named(RemoteSettings settings, String system) {
        return settings.systems().contains(system) || settings.systems().contains(Terminology.canonical(system));
    }

    /**
     * Asks.
     *
     * @param path of the operation below the server's address
     * @param parameters a Parameters resource
     */
    public RemoteAnswer ask(String path, JsonNode parameters) {
        if (settings == null || client == null) {
            return new RemoteAnswer.Away("No external terminology server is configured.");
        }
        byte[] body = FhirJson.write(parameters);
        String key = path + " " + new String(body, StandardCharsets.UTF_8);
        RemoteAnswer known = known(key);
        if (known != null) {
            return known;
        }
        return asked(settings, client, new Question(path, body, key));
    }

    private RemoteAnswer asked(RemoteSettings to, HttpClient by, Question question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to.url().resolve(question.path()))
                .timeout(to.timeout())
                .header("Content-Type", "application/fhir+json")
                .header("Accept", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question.body()));
        if (to.authorization() != null) {
            request.header("Authorization", to.authorization());
        }
        try {
            HttpResponse<InputStream> response = by.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] bytes = in.readNBytes(ANSWER_MAX + 1);
                RemoteAnswer answer = read(response.statusCode(), bytes);
                if (!(answer instanceof RemoteAnswer.Away) && bytes.length <= KEPT_BYTES_MAX) {
                    keep(question.key(), answer, clock.instant().plus(to.keep()));
                }
                return answer;
            }
        } catch (HttpTimeoutException late) {
            return new RemoteAnswer.Away("The external terminology server did not answer within "
                    + to.timeout().toSeconds() + " s.");
        } catch (IOException unreachable) {
            return new RemoteAnswer.Away("The external terminology server can't be reached.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new RemoteAnswer.Away("The question to the external terminology server was interrupted.");
        }
    }

    private static RemoteAnswer read(int status, byte[] bytes) {
        if (bytes.length > ANSWER_MAX) {
            return new RemoteAnswer.Refused(status, "its answer is larger than " + ANSWER_MAX + " bytes.");
        }
        JsonNode json = FhirJson.read(bytes) instanceof JsonRead.Parsed(JsonNode tree) ? tree : null;
        if (status >= SERVER_ERROR || status == 401 || status == 403) {
            return new RemoteAnswer.Away("The external terminology server answered with status " + status + ".");
        }
        if (status >= BAD_REQUEST) {
            String told = json == null
                    ? ""
                    : json.path("issue").path(0).path("diagnostics").asString("");
            return new RemoteAnswer.Refused(status, told.isEmpty() ? "status " + status + "." : told);
        }
        return status == 200 && json != null && json.has("resourceType")
                ? new RemoteAnswer.Answered(json)
                : new RemoteAnswer.Away("The external terminology server's answer is no FHIR resource.");
    }

    private @Nullable RemoteAnswer known(String key) {
        synchronized (kept) {
            Kept found = kept.get(key);
            if (found == null || found.until().isBefore(clock.instant())) {
                kept.remove(key);
                return null;
            }
            return found.answer();
        }
    }

    private void keep(String key, RemoteAnswer answer, Instant until) {
        synchronized (kept) {
            if (kept.size() >= KEPT_MAX) {
                kept.remove(kept.keySet().iterator().next());
            }
            kept.put(key, new Kept(answer, until));
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
