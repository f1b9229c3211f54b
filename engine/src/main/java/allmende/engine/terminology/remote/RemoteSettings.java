package allmende.engine.terminology.remote;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an external terminology server is reached: the file {@code terminology.json} of the data folder. Secrets do not stand
 * in it; it names the environment variables that hold them.
 *
 * @param url base address of the FHIR server
 * @param systems code systems that it answers for; {@code *} for all that are not here
 * @param authorization value of the header of that name; null for none
 * @param keyStore PKCS #12 file with the certificate and key to prove who asks; null for none
 * @param keyStorePassword of that file
 * @param timeout for one question
 * @param keep how long an answer is used again
 */
public record RemoteSettings(
        URI url,
        Set<String> systems,
        @Nullable String authorization,
        @Nullable Path keyStore,
        String keyStorePassword,
        Duration timeout,
        Duration keep) {

    private static final Set<String> KEYS = Set.of(
            "url",
            "systems",
            "bearerFrom",
            "userFrom",
            "passwordFrom",
            "certificate",
            "certificatePasswordFrom",
            "timeoutSeconds",
            "keepMinutes");

    private static final int TIMEOUT_SECONDS = 20;
    private static final int KEEP_MINUTES = 24 * 60;

    public RemoteSettings {
        systems = Set.copyOf(systems);
    }

    /** The outcome of reading the file. */
    public sealed interface Read {
        /** There is no such file. */
        record None() implements Read {}

        /** Settings. */
        record Usable(RemoteSettings settings) implements Read {}

        /** The file can't be followed; a sentence says why. */
        record Unusable(String reason) implements Read {}
    }

    /** Ends reading. */
    private static final class Faulty extends RuntimeException {
        private static final long serialVersionUID = 1;

        Faulty(String reason) {
            super(reason, null, false, false);
        }
    }

    /** @param environment the value of an environment variable; null where it is not set */
    public static Read read(Path file, UnaryOperator<@Nullable String> environment) {
        try {
            return switch (FhirJson.read(Files.readAllBytes(file))) {
                case JsonRead.Parsed(JsonNode json) -> new Read.Usable(settings(json, file, environment));
                case JsonRead.Malformed malformed -> new Read.Unusable(file + " is no JSON: " + malformed + ".");
            };
        } catch (NoSuchFileException absent) {
            return new Read.None();
        } catch (IOException unreadable) {
            return new Read.Unusable(file + " can't be read.");
        } catch (Faulty faulty) {
            return new Read.Unusable(file + ": " + faulty.getMessage());
        }
    }

    private static RemoteSettings settings(JsonNode json, Path file, UnaryOperator<@Nullable String> environment) {
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (!KEYS.contains(member.getKey())) {
                throw new Faulty("the key " + member.getKey() + " is unknown; known are "
                        + String.join(", ", KEYS.stream().sorted().toList()) + ".");
            }
        }
        Set<String> systems = new HashSet<>();
        json.path("systems").forEach(each -> systems.add(each.asString("")));
        String certificate = json.path("certificate").asString("");
        return new RemoteSettings(
                address(json.path("url").asString("")),
                systems.isEmpty() ? Set.of("*") : systems,
                authorization(json, environment),
                certificate.isEmpty() ? null : file.resolveSibling(certificate),
                certificate.isEmpty() ? "" : secret(json, "certificatePasswordFrom", environment),
                Duration.ofSeconds(number(json, "timeoutSeconds", TIMEOUT_SECONDS)),
                Duration.ofMinutes(number(json, "keepMinutes", KEEP_MINUTES)));
    }

    private static URI address(String url) {
        try {
            URI uri = URI.create(url.endsWith("/") ? url : url + "/");
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException told) {
            // told below
        }
        throw new Faulty("url is the base address of a FHIR server, such as https://terminology.example/fhir.");
    }

    private static @Nullable String authorization(JsonNode json, UnaryOperator<@Nullable String> environment) {
        if (json.has("bearerFrom")) {
            return "Bearer " + secret(json, "bearerFrom", environment);
        }
        if (json.has("userFrom")) {
            String both = secret(json, "userFrom", environment) + ":" + secret(json, "passwordFrom", environment);
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        }
        return null;
    }

    private static String secret(JsonNode json, String key, UnaryOperator<@Nullable String> environment) {
        String variable = json.path(key).asString("");
        String value = variable.isEmpty() ? null : environment.apply(variable);
        if (value == null) {
            throw new Faulty(key + " names an environment variable, and that one is not set.");
        }
        return value;
    }

    private static int number(JsonNode json, String key, int otherwise) {
        JsonNode node = json.path(key);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isInt() || node.intValue() < 0) {
            throw new Faulty(key + " is a whole number.");
        }
        return node.intValue();
    }
}
