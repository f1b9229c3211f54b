package allmende.app.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Public keys of machines that publish them at an address of their own, which the engineer has registered. They are kept
 * for a while; a key that is not among them has them fetched again, but not for everybody who makes one up.
 */
final class RemoteKeys {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final int BYTES_MAX = 64 << 10;

    private final InstantSource clock;
    private final Duration patience;
    private final Map<URI, Source> sources = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    RemoteKeys(InstantSource clock) {
        this(clock, ANSWER_MAX);
    }

    /** {@code patience}: how long an address may take to tell its keys. */
    RemoteKeys(InstantSource clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /** What an address gave; null for nothing. */
    private record Fetched(@Nullable JWKSet keys, Instant at) {}

    /** One address; who wants its keys waits for the one who fetches them, and for nobody else. */
    private final class Source {

        private final URI address;
        private @Nullable Fetched last;

        Source(URI address) {
            this.address = address;
        }

        synchronized @Nullable JWKSet keys(String id, Instant now) {
            Fetched before = last;
            boolean old = before == null || before.at().plus(KEPT).isBefore(now);
            boolean lacking = before != null
                    && (before.keys() == null || before.keys().getKeyByKeyId(id) == null)
                    && before.at().plus(PAUSE).isBefore(now);
            Fetched current = before == null || old || lacking ? new Fetched(fetch(address), now) : before;
            last = current;
            return current.keys();
        }
    }

    /** The address that a text names, where keys may be fetched from it. */
    static Optional<URI> address(String text) {
        try {
            return Optional.of(URI.create(text)).filter(RemoteKeys::isAllowed);
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Only what nobody on the way can change: https, or this machine. */
    static boolean isAllowed(URI address) {
        String host = address.getHost();
        if (host == null || address.getScheme() == null) {
            return false;
        }
        return switch (address.getScheme()) {
            case "https" -> true;
            case "http" -> host.equals("localhost") || isLoopback(host);
            default -> false;
        };
    }

    private static boolean isLoopback(String host) {
        try {
            return host.matches("[0-9.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The key of this id at an address; null where there is none, or the address does not answer. */
    @Nullable
    JWK key(URI address, String id) {
        JWKSet keys = sources.computeIfAbsent(address, Source::new).keys(id, clock.instant());
        return keys == null ? null : keys.getKeyByKeyId(id);
    }

    private @Nullable JWKSet fetch(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Accept", "application/json")
                .build();
        // the request's own time limit ends with the headers; waiting for the whole bounds the body, too
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), BYTES_MAX));
        try {
            HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            Optional<JWKSet> keys = response.statusCode() == 200 ? PublicKeys.read(response.body()) : Optional.empty();
            Optional<String> fault = keys.isEmpty() ? Optional.of("These are no keys.") : Client.fault(keys.get());
            if (fault.isEmpty()) {
                return keys.get();
            }
            LOG.warn("The keys at {} can't be used: {}", address, fault.get());
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            LOG.warn("The keys at {} can't be fetched ({}).", address, kind(e));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private static String kind(Exception failure) {
        Throwable cause = failure.getCause();
        return (cause == null ? failure : cause).getClass().getSimpleName();
    }
}
