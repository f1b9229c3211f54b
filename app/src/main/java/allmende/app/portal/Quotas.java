package allmende.app.portal;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.identity.QuotaDesk;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many questions an account may ask. The minute's number recovers by itself; who uses up the week's number is locked
 * until a person resets it.
 */
final class Quotas implements QuotaDesk {

    private final JdbcClient jdbc;
    private final AskLimits limits;
    private final InstantSource clock;
    private final AuditTrail audit;

    Quotas(JdbcClient jdbc, AskLimits limits, InstantSource clock, AuditTrail audit) {
        this.jdbc = jdbc;
        this.limits = limits;
        this.clock = clock;
        this.audit = audit;
    }

    /** Why the account may not ask now; empty if it may. Within the transaction that then stores the question. */
    Optional<Asked> refuse(long account) {
        Instant now = clock.instant();
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('quota', ?))")
                .param(account)
                .query()
                .singleRow();
        if (locked(account)) {
            return Optional.of(new Asked.Locked());
        }
        if (since(account, weekStart(account, now)) >= limits.perWeek()) {
            jdbc.sql("insert into quota_lock (account, since) values (?, ?) on conflict do nothing")
                    .params(account, Timestamp.from(now))
                    .update();
            return Optional.of(new Asked.Locked());
        }
        return slower(account, now);
    }

    private Optional<Asked> slower(long account, Instant now) {
        List<Instant> recent = jdbc.sql(
                        "select asked from ask where account = ? and asked > ? order by asked desc limit ?")
                .params(account, Timestamp.from(now.minus(AskLimits.MINUTE)), limits.perMinute())
                .query((row, number) -> row.getTimestamp("asked").toInstant())
                .list();
        if (recent.size() < limits.perMinute()) {
            return Optional.empty();
        }
        Duration wait = Duration.between(now, recent.getLast().plus(AskLimits.MINUTE));
        return Optional.of(new Asked.Slower(wait.isPositive() ? wait : Duration.ofSeconds(1)));
    }

    private boolean locked(long account) {
        return jdbc.sql("select count(*) from quota_lock where account = ?")
                        .param(account)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private long since(long account, Instant from) {
        return jdbc.sql("select count(*) from ask where account = ? and asked > ?")
                .params(account, Timestamp.from(from))
                .query(Long.class)
                .single();
    }

    private Instant weekStart(long account, Instant now) {
        Instant week = now.minus(AskLimits.WEEK);
        return jdbc.sql("select at from quota_reset where account = ?")
                .param(account)
                .query((row, number) -> row.getTimestamp("at").toInstant())
                .optional()
                .filter(week::isBefore)
                .orElse(week);
    }

    /** What the account has used. */
    Quota quota(long account) {
        long used = since(account, weekStart(account, clock.instant()));
        return new Quota(account, (int) used, limits.perWeek(), locked(account) || used >= limits.perWeek());
    }

    @Override
    public List<Quota> quotas() {
        return jdbc
                .sql("select distinct account from ask where asked > ? union select account from quota_lock order by 1")
                .param(Timestamp.from(clock.instant().minus(AskLimits.WEEK)))
                .query(Long.class)
                .list()
                .stream()
                .map(account -> quota(Objects.requireNonNull(account)))
                .toList();
    }

    @Override
    public void reset(long account, String by) {
        jdbc.sql("""
                        insert into quota_reset (account, at, by_account) values (?, ?, ?)
                        on conflict (account) do update set at = excluded.at, by_account = excluded.by_account
                        """).params(account, Timestamp.from(clock.instant()), by).update();
        jdbc.sql("delete from quota_lock where account = ?").param(account).update();
        audit.record(AuditEvent.of(by, "quota.reset", "account:" + account));
    }
}
