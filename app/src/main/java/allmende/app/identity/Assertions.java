package allmende.app.identity;

import allmende.app.audit.IdentityTables;
import allmende.core.digest.Sha256;
import java.sql.Timestamp;
import java.time.Instant;

/** Remembers assertions until they have expired, so that each is good for one token, also after a restart. */
final class Assertions {

    private final IdentityTables tables;

    Assertions(IdentityTables tables) {
        this.tables = tables;
    }

    /** Notes an assertion; false where it was shown before. */
    boolean fresh(String client, String id, Instant expires, Instant now) {
        tables.jdbc()
                .sql("delete from seen_assertion where expires_at < ?")
                .param(Timestamp.from(now.minus(ClientLogin.LEEWAY)))
                .update();
        return tables.jdbc()
                        .sql("insert into seen_assertion (client, jti_hash, expires_at) values (?, ?, ?)"
                                + " on conflict do nothing")
                        .params(client, Sha256.hex(id), Timestamp.from(expires))
                        .update()
                == 1;
    }
}
