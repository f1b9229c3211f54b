package allmende.app.identity;

import allmende.app.audit.IdentityTables;
import allmende.core.digest.Sha256;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Counts wrong passwords by name and by address. Names are counted whether or not there is such an account, so that
 * nothing can be learned from being made to wait. Counts of names survive a restart, those of addresses need not.
 */
final class LoginGuard implements PasswordLogin.Guard {

    private static final int ADDRESSES_MAX = 10_000;

    private final IdentityTables tables;
    private final InstantSource clock;
    private final Map<String, Lockout.Count> addresses = Collections.synchronizedMap(new Addresses());

    LoginGuard(IdentityTables tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** The oldest address makes room. */
    private static final class Addresses extends LinkedHashMap<String, Lockout.Count> {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lockout.Count> eldest) {
            return size() > ADDRESSES_MAX;
        }
    }

    @Override
    public boolean closed(String name, String address) {
        Instant now = clock.instant();
        Lockout.Count byAddress = addresses.get(address);
        return (byAddress != null && Lockout.ADDRESS.closed(byAddress, now))
                || count(key(name))
                        .filter(count -> Lockout.ACCOUNT.closed(count, now))
                        .isPresent();
    }

    @Override
    public void failed(String name, String address) {
        Instant now = clock.instant();
        addresses.merge(address, new Lockout.Count(1, now), (before, one) -> before.another(now));
        tables.jdbc()
                .sql("""
                        insert into login_failure (name, failures, last_at) values (?, 1, ?)
                        on conflict (name) do update set last_at = excluded.last_at,
                          failures = case when login_failure.last_at < ? then 1 else login_failure.failures + 1 end
                        """)
                .params(key(name), Timestamp.from(now), Timestamp.from(now.minus(Lockout.FORGOTTEN)))
                .update();
        tables.jdbc()
                .sql("delete from login_failure where last_at < ?")
                .param(Timestamp.from(now.minus(Lockout.FORGOTTEN)))
                .update();
    }

    @Override
    public void reset(String name) {
        tables.jdbc()
                .sql("delete from login_failure where name = ?")
                .param(key(name))
                .update();
    }

    /** Until when the name has to wait, if it has to. */
    Optional<Instant> waitsUntil(String name) {
        Instant now = clock.instant();
        return count(key(name))
                .filter(count -> Lockout.ACCOUNT.closed(count, now))
                .map(Lockout.ACCOUNT::until);
    }

    private Optional<Lockout.Count> count(String key) {
        return tables.jdbc()
                .sql("select failures, last_at from login_failure where name = ?")
                .param(key)
                .query((row, number) -> new Lockout.Count(
                        row.getInt("failures"), row.getTimestamp("last_at").toInstant()))
                .optional();
    }

    /** Never the name itself: people type passwords into the wrong field. */
    private static String key(String name) {
        return Sha256.hex(name.strip().toLowerCase(Locale.ROOT));
    }
}
