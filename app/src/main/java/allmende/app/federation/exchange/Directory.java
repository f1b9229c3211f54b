package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A portal's list of parties, for all sites.
 *
 * @param revokedKeys thumbprints of keys that nobody is to believe any more
 */
record Directory(List<Entry> entries, List<String> revokedKeys) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Somebody who takes part. */
    record Entry(PartyId id, String name, String thumbprint) {}

    static Directory of(Collection<Party> parties, List<String> revokedKeys) {
        return new Directory(
                parties.stream()
                        .filter(party -> !party.revoked())
                        .map(party -> new Entry(party.id(), party.name(), party.thumbprint()))
                        .toList(),
                List.copyOf(revokedKeys));
    }

    JsonNode write() {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode parties = node.putArray("parties");
        for (Entry entry : entries) {
            parties.addObject()
                    .put("id", entry.id().value())
                    .put("name", entry.name())
                    .put("key", entry.thumbprint());
        }
        ArrayNode revoked = node.putArray("revokedKeys");
        revokedKeys.forEach(revoked::add);
        return node;
    }

    static Directory read(JsonNode node) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : node.path("parties")) {
            String id = entry.path("id").asString("");
            if (PartyId.isValid(id)) {
                entries.add(new Entry(
                        new PartyId(id),
                        entry.path("name").asString(""),
                        entry.path("key").asString("")));
            }
        }
        List<String> revoked = new ArrayList<>();
        node.path("revokedKeys").forEach(key -> revoked.add(key.asString("")));
        return new Directory(entries, revoked);
    }
}
