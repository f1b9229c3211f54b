package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.trust.KeyBook;
import allmende.app.federation.trust.KeyReader;
import allmende.app.federation.trust.Standing;
import allmende.app.federation.trust.VerifyingKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parties as they were when last read from the store: who is believed with which key. */
final class Roster implements KeyBook {

    private static final String VERSION = "directory";

    private final Map<PartyId, Party> parties = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();
    private final long version;

    private Roster(MessageStore.Session session, KeyReader reader, @Nullable Roster before) {
        this.version = version(session);
        for (Party party : session.parties()) {
            parties.put(party.id(), party);
            if (!party.revoked()) {
                key(party, reader, before)
                        .ifPresent(key -> standings.put(
                                key.thumbprint(), new Standing.Trusted(party.id(), key, party.certificate())));
            }
        }
        session.revokedKeys().forEach(thumbprint -> standings.put(thumbprint, new Standing.Revoked()));
    }

    /** Reading a key costs more than all the rest: those that were read before are kept. */
    private static Optional<VerifyingKey> key(Party party, KeyReader reader, @Nullable Roster before) {
        return before != null
                        && before.standing(party.thumbprint()) instanceof Standing.Trusted known
                        && known.key().text().equals(party.key())
                ? Optional.of(known.key())
                : reader.read(party.key());
    }

    static Roster read(MessageStore store, KeyReader reader) {
        return store.transaction(session -> new Roster(session, reader, null));
    }

    /** The parties as they are now. */
    Roster again(MessageStore store, KeyReader reader) {
        return store.transaction(session -> new Roster(session, reader, this));
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
