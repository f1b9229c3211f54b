package allmende.app.pseudonyms;

import allmende.app.pseudonyms.ResolveRequest.Decision;
import allmende.app.pseudonyms.ResolveRequest.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The requests to resolve in the database. */
final class ResolveTable {

    private static final String COLUMNS = """
            select r.id, d.name, r.purpose, r.asked_by, r.asked_at, r.machine, r.state, r.decided_by, r.decided_at,
              r.expires_at, r.reason,
              (select array_agg(i.pseudonym order by i.pseudonym) from resolve_item i where i.request = r.id) as pseudonyms
            from resolve_request r join pseudonym_domain d on d.id = r.domain
            """;

    private final PseudonymTables tables;

    ResolveTable(PseudonymTables tables) {
        this.tables = tables;
    }

    void add(ResolveRequest request, int domain) {
        tables.transactions().executeWithoutResult(status -> {
            tables.jdbc()
                    .sql("insert into resolve_request (id, domain, purpose, asked_by, asked_at, machine, state)"
                            + " values (?, ?, ?, ?, ?, ?, 'ASKED')")
                    .params(request.id(), domain, SqlText.storable(request.purpose()), request.askedBy())
                    .param(Timestamp.from(request.askedAt()))
                    .param(request.machine())
                    .update();
            tables.jdbc()
                    .sql("insert into resolve_item (request, pseudonym) select ?, p from unnest(?) as asked (p)")
                    .params(request.id(), SqlText.texts(request.pseudonyms()))
                    .update();
        });
    }

    Optional<ResolveRequest> find(String id) {
        return tables.jdbc()
                .sql(COLUMNS + " where r.id = ?")
                .param(SqlText.storable(id))
                .query(ResolveTable::request)
                .optional();
    }

    /** The newest first. */
    List<ResolveRequest> newest(int limit) {
        return tables.jdbc()
                .sql(COLUMNS + " order by r.asked_at desc, r.id limit ?")
                .param(limit)
                .query(ResolveTable::request)
                .list();
    }

    /** Decides a request that waits; false if it does not, or if they who decide are they who asked. */
    boolean decide(String id, State state, Decision decision) {
        Instant expires = decision.expiresAt();
        return tables.jdbc()
                        .sql(
                                "update resolve_request set state = ?, decided_by = ?, decided_at = ?, expires_at = ?, reason = ?"
                                        + " where id = ? and state = 'ASKED' and asked_by <> ?")
                        .params(state.name(), decision.by(), Timestamp.from(decision.at()))
                        .param(expires == null ? null : Timestamp.from(expires))
                        .params(decision.reason(), SqlText.storable(id), decision.by())
                        .update()
                == 1;
    }

    /** Those of the pseudonyms that a grant covers at this time, for a person or a program. */
    Set<String> granted(ResolveDesk.Holder holder, String domain, Collection<String> pseudonyms, Instant now) {
        return new TreeSet<>(tables.jdbc()
                .sql("""
                        select distinct i.pseudonym from resolve_item i
                        join resolve_request r on r.id = i.request join pseudonym_domain d on d.id = r.domain
                        where d.name = ? and i.pseudonym = any(?) and r.state = 'GRANTED' and r.expires_at > ?
                          and (case when ? then r.machine else r.asked_by end) = ?""")
                .params(SqlText.storable(domain), SqlText.texts(pseudonyms), Timestamp.from(now))
                .params(holder.machine(), holder.name())
                .query(String.class)
                .list());
    }

    /** Notes who learnt which originals, in all grants that let them. */
    void resolved(ResolveDesk.Holder holder, String domain, Collection<String> pseudonyms, Instant now) {
        tables.jdbc()
                .sql("""
                        update resolve_item i set resolved_at = ?, resolved_by = ?
                        from resolve_request r join pseudonym_domain d on d.id = r.domain
                        where r.id = i.request and d.name = ? and i.pseudonym = any(?) and r.state = 'GRANTED'
                          and r.expires_at > ? and (case when ? then r.machine else r.asked_by end) = ?""")
                .params(Timestamp.from(now), holder.name(), SqlText.storable(domain), SqlText.texts(pseudonyms))
                .params(Timestamp.from(now), holder.machine(), holder.name())
                .update();
    }

    private static ResolveRequest request(ResultSet row, int number) throws SQLException {
        String by = row.getString("decided_by");
        Timestamp expires = row.getTimestamp("expires_at");
        String reason = row.getString("reason");
        Decision decision = by == null
                ? null
                : new Decision(
                        by,
                        row.getTimestamp("decided_at").toInstant(),
                        expires == null ? null : expires.toInstant(),
                        reason == null ? "" : reason);
        return new ResolveRequest(
                row.getString("id"),
                row.getString("name"),
                List.of((String[]) row.getArray("pseudonyms").getArray()),
                row.getString("purpose"),
                row.getString("asked_by"),
                row.getTimestamp("asked_at").toInstant(),
                row.getString("machine"),
                State.valueOf(row.getString("state")),
                decision);
    }
}
