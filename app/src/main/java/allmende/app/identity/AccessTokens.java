package allmende.app.identity;

import allmende.core.digest.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens that machines have got. They mean nothing by themselves and are kept, as hashes, in memory alone: a restart
 * ends all of them, and a machine gets a new one by itself. What a token is good for is held against the file of clients
 * at each use, so taking a client or a scope away takes effect at once.
 */
final class AccessTokens {

    /** How long a token is good. */
    static final Duration LIFE = Duration.ofMinutes(5);
    /** How tokens begin, so that they are told apart from others. */
    static final String PREFIX = "allmende.";

    private static final int BYTES = 32;
    private static final int ISSUED_MAX = 20_000;

    private final Clients clients;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    AccessTokens(Clients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    private record Issued(String client, Set<Scope> scopes, Instant expires) {}

    /** A new token; the caller has checked that the client may have these scopes. */
    String issue(String client, Set<Scope> scopes) {
        Instant now = clock.instant();
        issued.values().removeIf(each -> !each.expires().isAfter(now));
        if (issued.size() >= ISSUED_MAX) {
            issued.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().expires()))
                    .ifPresent(oldest -> issued.remove(oldest.getKey()));
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        issued.put(Sha256.hex(token), new Issued(client, Set.copyOf(scopes), now.plus(LIFE)));
        return token;
    }

    /** Who holds a token and what it is good for now; nothing where it is none, has expired or was taken away. */
    Optional<MachineToken> holder(String token, String address) {
        Issued found = issued.get(Sha256.hex(token));
        if (found == null || !found.expires().isAfter(clock.instant())) {
            return Optional.empty();
        }
        return clients.find(found.client())
                .map(client -> client.granted(found.scopes()))
                .filter(scopes -> !scopes.isEmpty())
                .map(scopes -> new MachineToken(found.client(), scopes, address));
    }
}
