package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.trust.KeyBook;
import allmende.app.federation.trust.KeyReader;
import allmende.app.federation.trust.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parties as they were when last read from the store: who is believed with which key. */
final class Roster implements KeyBook {

    private static final String VERSION = "directory";

    private final Map<PartyId, Party> parties = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();
    private final long version;

    private Roster(MessageStore.Session session, KeyReader reader) {
        this.version = version(session);
        for (Party party : session.parties()) {
            parties.put(party.id(), party);
            if (!party.revoked()) {
                reader.read(party.key())
                        .ifPresent(key -> standings.put(
                                key.thumbprint(), new Standing.Trusted(party.id(), key, party.certificate())));
            }
        }
        session.revokedKeys().forEach(thumbprint -> standings.put(thumbprint, new Standing.Revoked()));
    }

    static Roster read(MessageStore store, KeyReader reader) {
        return store.transaction(session -> new Roster(session, reader));
    }

    /** Version of the list of parties; rises with each change. */
    static long version(MessageStore.Session session) {
        return session.setting(VERSION).map(Long::parseLong).orElse(0L);
    }

    static void version(MessageStore.Session session, long version) {
        session.setting(VERSION, Long.toString(version));
    }

    long version() {
        return version;
    }

    @Override
    public Standing standing(String thumbprint) {
        return standings.getOrDefault(thumbprint, new Standing.Unknown());
    }

    @Nullable
    Party party(PartyId id) {
        return parties.get(id);
    }

    boolean trusts(PartyId id) {
        Party party = parties.get(id);
        return party != null && !party.revoked() && standing(party.thumbprint()) instanceof Standing.Trusted;
    }

    List<Party> parties() {
        return parties.values().stream()
                .sorted(java.util.Comparator.comparing(Party::id))
                .toList();
    }
}
