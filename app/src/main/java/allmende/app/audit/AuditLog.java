package allmende.app.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The trail in the database: entries are only ever added, each with the hash of the one before. */
public final class AuditLog implements AuditTrail {

    /** Serialises writers of one database; the number means nothing. */
    private static final long LOCK = 0x616c6c6d656e6465L;

    private static final String COLUMNS = "seq, at, who, what, object, detail, previous, hash";
    private static final int CHECKED_AT_ONCE = 1000;

    private final IdentityTables tables;
    private final InstantSource clock;

    /** A trail in these tables. */
    public AuditLog(IdentityTables tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** What a check of the chain found. */
    public sealed interface Verdict {

        /**
         * Every entry is as it was written.
         *
         * @param entries how many there are
         * @param head hash of the newest; whoever notes it elsewhere can later prove that none was cut off
         */
        record Intact(long entries, String head) implements Verdict {}

        /** The entry {@code seq} is missing, was changed, or does not follow on the one before. */
        record Broken(long seq) implements Verdict {}
    }

    /** The newest entry; nothing where there is none. */
    Optional<AuditEntry> newest() {
        return tables.jdbc()
                .sql("select " + COLUMNS + " from audit_entry order by seq desc limit 1")
                .query(AuditLog::entry)
                .optional();
    }

    /** What the trail has noted of the access log: hashes by the numbers of their entries. */
    public Map<Long, String> accessLogHeads() {
        Map<Long, String> heads = new HashMap<>();
        tables.jdbc()
                .sql("select " + COLUMNS + " from audit_entry where what = ? order by seq")
                .param(ChainNotes.HEAD)
                .query(AuditLog::entry)
                .list()
                .forEach(entry -> heads.put(
                        Long.valueOf(entry.event().object().substring(ChainNotes.OBJECT.length())),
                        Objects.requireNonNullElse(entry.event().detail(), "")));
        return heads;
    }

    @Override
    public void record(AuditEvent event) {
        tables.transactions().executeWithoutResult(status -> {
            JdbcClient jdbc = tables.jdbc();
            jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query().singleRow();
            Optional<AuditEntry> newest = jdbc.sql("select " + COLUMNS + " from audit_entry order by seq desc limit 1")
                    .query(AuditLog::entry)
                    .optional();
            AuditEntry entry = AuditEntry.after(
                    newest.map(AuditEntry::seq).orElse(0L) + 1,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    event,
                    newest.map(AuditEntry::hash).orElse(AuditEntry.NOTHING));
            jdbc.sql("insert into audit_entry (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(entry.seq(), Timestamp.from(entry.at()), event.who(), event.what(), event.object())
                    .param(event.detail())
                    .param(entry.previous())
                    .param(entry.hash())
                    .update();
        });
    }

    /**
     * Entries, newest first.
     *
     * @param text only entries whose account, code or object contains this; null for all
     * @param before only entries with a smaller number
     */
    public List<AuditEntry> entries(@Nullable String text, long before, int limit) {
        String part = text == null || text.isBlank() ? "" : text.strip();
        return tables.jdbc()
                .sql("select " + COLUMNS + " from audit_entry where seq < ?"
                        + " and (? = '' or position(? in who) > 0 or position(? in what) > 0 or position(? in object) > 0)"
                        + " order by seq desc limit ?")
                .params(before, part, part, part, part, limit)
                .query(AuditLog::entry)
                .list();
    }

    /** Reads the whole chain from the beginning. */
    public Verdict verify() {
        return verify(Map.of());
    }

    /**
     * Reads the whole chain from the beginning and holds it against hashes that were noted elsewhere.
     *
     * @param noted hashes by the numbers of their entries
     */
    public Verdict verify(Map<Long, String> noted) {
        long last = noted.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        long seq = 0;
        String previous = AuditEntry.NOTHING;
        while (true) {
            List<AuditEntry> next = tables.jdbc()
                    .sql("select " + COLUMNS + " from audit_entry where seq > ? order by seq limit ?")
                    .params(seq, CHECKED_AT_ONCE)
                    .query(AuditLog::entry)
                    .list();
            if (next.isEmpty()) {
                return last > seq ? new Verdict.Broken(seq + 1) : new Verdict.Intact(seq, previous);
            }
            for (AuditEntry entry : next) {
                if (entry.seq() != seq + 1
                        || !entry.previous().equals(previous)
                        || !entry.intact()
                        || !noted.getOrDefault(entry.seq(), entry.hash()).equals(entry.hash())) {
                    return new Verdict.Broken(seq + 1);
                }
                seq = entry.seq();
                previous = entry.hash();
            }
        }
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("seq"),
                row.getTimestamp("at").toInstant(),
                new AuditEvent(
                        row.getString("who"), row.getString("what"), row.getString("object"), row.getString("detail")),
                row.getString("previous"),
                row.getString("hash"));
    }
}
