package allmende.app.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks who a machine is by the assertion that it has signed (SMART Backend Services, RFC 7523): registered key, issuer
 * and subject its id, audience our token address, at most five minutes old to be, never shown before.
 */
final class ClientLogin {

    /** How far clocks may differ. */
    static final Duration LEEWAY = Duration.ofSeconds(30);

    static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.ES256, JWSAlgorithm.ES384);

    private static final Duration LIFE_MAX = Duration.ofMinutes(5);
    private static final int ASSERTION_MAX = 16_384;
    private static final int JTI_MAX = 256;

    private final Clients clients;
    private final Assertions assertions;
    private final RemoteKeys remote;
    private final InstantSource clock;

    ClientLogin(Clients clients, Assertions assertions, InstantSource clock) {
        this.clients = clients;
        this.assertions = assertions;
        this.remote = new RemoteKeys(clock);
        this.clock = clock;
    }

    /** What a check found. */
    sealed interface Check {

        /** The machine is this one. */
        record Passed(Client client) implements Check {}

        /** It is nobody; {@code reason} says why, without anything of the assertion. */
        record Refused(String reason) implements Check {}
    }

    /** Checks an assertion that is meant for one of these audiences. */
    Check check(String assertion, Set<String> audiences) {
        if (assertion.length() > ASSERTION_MAX) {
            return new Check.Refused("The assertion is too long.");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String id = claims.getIssuer();
            Optional<Client> client = id == null ? Optional.empty() : clients.find(id);
            if (client.isEmpty()) {
                return new Check.Refused("The issuer (iss) is no registered client.");
            }
            String fault = signatureFault(jwt, client.get());
            if (fault == null) {
                fault = claimsFault(claims, audiences);
            }
            if (fault == null) {
                fault = replayFault(claims, client.get());
            }
            return fault == null ? new Check.Passed(client.get()) : new Check.Refused(fault);
        } catch (ParseException e) {
            return new Check.Refused("The assertion is no signed JWT.");
        } catch (JOSEException e) {
            return new Check.Refused("The signature can't be checked with the registered key.");
        }
    }

    private @Nullable String signatureFault(SignedJWT jwt, Client client) throws JOSEException {
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        if (!ALGORITHMS.contains(algorithm)) {
            return "The signature must be RS384, ES384, RS256 or ES256.";
        }
        String kid = jwt.getHeader().getKeyID();
        if (kid == null) {
            return "The header of the assertion names no key (kid).";
        }
        URI at = client.keysAt();
        JWK key = at == null ? client.keys().getKeyByKeyId(kid) : remote.key(at, kid);
        if (key == null) {
            return at == null
                    ? "The key (kid) is not registered for this client."
                    : "The key (kid) is not at the address that is registered for this client.";
        }
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
            return "The key is registered for another signature algorithm.";
        }
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
            return "The key is not registered for signatures.";
        }
        JWSVerifier verifier =
                switch (key) {
                    case RSAKey rsa -> new RSASSAVerifier(rsa);
                    case ECKey curve -> new ECDSAVerifier(curve);
                    default -> null;
                };
        boolean fits = verifier != null && verifier.supportedJWSAlgorithms().contains(algorithm);
        return fits && jwt.verify(verifier) ? null : "The signature is wrong.";
    }

    private @Nullable String claimsFault(JWTClaimsSet claims, Set<String> audiences) {
        Instant now = clock.instant();
        String issuer = claims.getIssuer();
        if (issuer == null || !issuer.equals(claims.getSubject())) {
            return "Issuer (iss) and subject (sub) must both be the client's id.";
        }
        List<String> audience = claims.getAudience();
        if (audience.size() != 1 || !audiences.contains(audience.getFirst())) {
            return "The audience (aud) must be the token address of this site.";
        }
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            return "The assertion has no end (exp).";
        }
        if (!expires.toInstant().isAfter(now)) {
            return "The assertion has expired (exp).";
        }
        if (expires.toInstant().isAfter(now.plus(LIFE_MAX).plus(LEEWAY))) {
            return "The assertion may end (exp) at most five minutes from now.";
        }
        if (future(claims.getNotBeforeTime(), now) || future(claims.getIssueTime(), now)) {
            return "The assertion is from the future (nbf, iat).";
        }
        return null;
    }

    private static boolean future(@Nullable Date moment, Instant now) {
        return moment != null && moment.toInstant().isAfter(now.plus(LEEWAY));
    }

    private @Nullable String replayFault(JWTClaimsSet claims, Client client) {
        String id = claims.getJWTID();
        if (id == null || id.isEmpty() || id.length() > JTI_MAX) {
            return "The assertion needs an id (jti) of at most " + JTI_MAX + " characters.";
        }
        return assertions.fresh(client.id(), id, claims.getExpirationTime().toInstant(), clock.instant())
                ? null
                : "The assertion was shown before (jti); sign a new one for each token.";
    }
}
