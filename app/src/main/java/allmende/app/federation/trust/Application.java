package allmende.app.federation.trust;

import allmende.app.federation.PartyId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A site's wish to take part, signed by the key that it brings: proof that the sender holds the key, not of who the sender
 * is.
 *
 * @param portal whose federation it wishes to join
 * @param certificate SHA-256 thumbprint of the client certificate that it will show; null for none
 */
public record Application(
        PartyId party,
        PartyId portal,
        String name,
        VerifyingKey key,
        @Nullable String certificate,
        Instant at) {

    private static final int NAME_MAX = 200;
    private static final Pattern THUMBPRINT = Pattern.compile("[0-9a-f]{64}");

    /** The request as it is sent. */
    public static String seal(SigningKey key, PartyId party, PartyId portal, Profile profile, Instant at) {
        ObjectNode node = Jws.JSON.createObjectNode();
        node.put("party", party.value());
        node.put("portal", portal.value());
        node.put("name", profile.name());
        node.put("key", key.publicKey().text());
        if (profile.certificate() != null) {
            node.put("certificate", profile.certificate());
        }
        node.put("at", at.toEpochMilli());
        return Jws.sign(key, Jws.Use.ENROLMENT, node);
    }

    /** Reads and checks a request; empty if it is malformed, stale, for another portal or not signed by its own key. */
    public static Optional<Application> read(String jws, PartyId portal, KeyReader reader, Instant now) {
        Jws.Opened opened = Jws.open(jws, Jws.Use.ENROLMENT);
        if (opened == null) {
            return Optional.empty();
        }
        JsonNode node = opened.statement();
        return reader.read(node.path("key").asString(""))
                .filter(opened::signedBy)
                .flatMap(key -> read(node, key))
                .filter(application -> application.portal.equals(portal) && MessageCheck.isFresh(application.at, now));
    }

    private static Optional<Application> read(JsonNode node, VerifyingKey key) {
        String name = node.path("name").asString("").strip();
        String certificate =
                node.path("certificate").isString() ? node.path("certificate").asString() : null;
        if (name.isEmpty() || name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        if (certificate != null && !THUMBPRINT.matcher(certificate).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Application(
                    new PartyId(Claims.text(node, "party")),
                    new PartyId(Claims.text(node, "portal")),
                    name,
                    key,
                    certificate,
                    Instant.ofEpochMilli(Claims.number(node, "at"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a site says about itself beside its name: display name and the thumbprint of its client certificate. */
    public record Profile(String name, @Nullable String certificate) {}
}
