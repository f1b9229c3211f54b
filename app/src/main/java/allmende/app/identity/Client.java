package allmende.app.identity;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A registered machine.
 *
 * @param id its id
 * @param name what people call it
 * @param keys its public keys; none where they are fetched
 * @param keysAt where its public keys are fetched; null where they are registered themselves
 * @param scopes the most that it may get
 */
public record Client(
        String id, String name, JWKSet keys, @Nullable URI keysAt, List<Scope> scopes) {

    private static final int RSA_BITS_MIN = 2048;

    /** Copies the list. */
    public Client {
        scopes = List.copyOf(scopes);
    }

    /** What of the wanted scopes it may have. */
    Set<Scope> granted(Iterable<Scope> wanted) {
        Set<Scope> granted = new LinkedHashSet<>();
        for (Scope each : wanted) {
            scopes.forEach(allowed -> each.and(allowed).ifPresent(granted::add));
        }
        return granted;
    }

    /** The scopes as a token request writes them. */
    public static String written(Iterable<Scope> scopes) {
        Set<String> written = new LinkedHashSet<>();
        scopes.forEach(scope -> written.add(scope.written()));
        return String.join(" ", written);
    }

    /** Ids of the keys. */
    public List<String> keyIds() {
        return keys.getKeys().stream().map(JWK::getKeyID).toList();
    }

    /** What is wrong with the keys, a sentence; nothing where they can be used. */
    static Optional<String> fault(JWKSet keys) {
        if (keys.getKeys().isEmpty()) {
            return Optional.of("There is no key.");
        }
        for (JWK key : keys.getKeys()) {
            if (key.isPrivate()) {
                return Optional.of("This is a private key. Keep it with the machine and register the public one.");
            }
            if (!(key instanceof ECKey) && !(key instanceof RSAKey)) {
                return Optional.of("Keys are RSA or elliptic curve keys.");
            }
            if (key instanceof RSAKey && key.size() < RSA_BITS_MIN) {
                return Optional.of("An RSA key has at least " + RSA_BITS_MIN + " bits.");
            }
            if (key.getKeyID() == null) {
                return Optional.of("Each key needs an id (kid).");
            }
        }
        long ids = keys.getKeys().stream().map(JWK::getKeyID).distinct().count();
        return ids == keys.getKeys().size() ? Optional.empty() : Optional.of("Two keys have the same id (kid).");
    }

    @Override
    public String toString() {
        return id + " (" + scopes.stream().map(Scope::written).collect(Collectors.joining(" ")) + ")";
    }
}
