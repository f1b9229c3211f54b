package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is who, and what was decided about them. */
interface Parties {

    /** Everybody known, by name. */
    List<Party> parties();

    /** Keeps a party, in place of what was known of it. */
    void put(Party party);

    /** Thumbprints of keys that are never accepted (again). */
    List<String> revokedKeys();

    /** Never accepts this key again. */
    void revokeKey(String thumbprint, PartyId party);

    /** Requests to take part, oldest first. */
    List<Applied> applications();

    /** A request by its key's thumbprint. */
    Optional<Applied> application(String thumbprint);

    /** Keeps a request, in place of what was known of it. */
    void put(Applied application);

    /** A remembered word of the program itself; empty if there is none. */
    Optional<String> setting(String name);

    /** Remembers a word. */
    void setting(String name, String value);

    /** Notes a person's decision; never changed afterwards. */
    void decided(String by, String what, String about, Instant at);
}
