package allmende.app.federation.trust;

import allmende.app.federation.PartyId;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How a portal introduces itself: name and key, signed by that key. To be believed only after comparing fingerprints. */
public record Presentation(PartyId portal, String name, VerifyingKey key) {

    private static final int NAME_MAX = 200;

    /** The introduction as it is sent. */
    public static String seal(SigningKey key, PartyId portal, String name) {
        ObjectNode node = Jws.JSON.createObjectNode();
        node.put("party", portal.value());
        node.put("name", name);
        node.put("key", key.publicKey().text());
        return Jws.sign(key, Jws.Use.PORTAL, node);
    }

    /** Reads an introduction; empty if it is none. */
    public static Optional<Presentation> read(String jws, KeyReader reader) {
        Jws.Opened opened = Jws.open(jws, Jws.Use.PORTAL);
        if (opened == null) {
            return Optional.empty();
        }
        String party = opened.statement().path("party").asString("");
        String name = opened.statement().path("name").asString("");
        if (!PartyId.isValid(party) || name.length() > NAME_MAX) {
            return Optional.empty();
        }
        return reader.read(opened.statement().path("key").asString(""))
                .filter(opened::signedBy)
                .map(key -> new Presentation(new PartyId(party), name, key));
    }
}
