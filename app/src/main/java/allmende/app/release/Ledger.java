package allmende.app.release;

import allmende.core.disclosure.Budget;
import allmende.core.disclosure.LedgerEntry;
import allmende.core.disclosure.Question;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts, answers and the ledger in the database. Each method is part of the caller's transaction. */
final class Ledger {

    private static final double MILLION = 1e6;

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Reads an account and holds it until the end of the transaction; opens it where there is none. */
    Budget.Spent hold(String portal, String requester, Instant now) {
        jdbc.sql("insert into account values (?, ?, 0, ?) on conflict do nothing")
                .params(portal, requester, time(now))
                .update();
        return jdbc.sql("select spent_micro, at from account where portal = ? and requester = ? for update")
                .params(portal, requester)
                .query(Ledger::spent)
                .single();
    }

    /** Reads an account; a fresh one where there is none. */
    Budget.Spent look(String portal, String requester, Instant now) {
        return jdbc.sql("select spent_micro, at from account where portal = ? and requester = ?")
                .params(portal, requester)
                .query(Ledger::spent)
                .optional()
                .orElse(new Budget.Spent(0, now));
    }

    void keep(String portal, String requester, Budget.Spent spent) {
        jdbc.sql("update account set spent_micro = ?, at = ? where portal = ? and requester = ?")
                .params(spent.micro(), time(spent.at()), portal, requester)
                .update();
    }

    /** The answer to a question over a snapshot, with its groups in this order, if it was ever given to anybody. */
    Optional<String> answer(Question question, long t) {
        return jdbc.sql("select report from answer where arrangement = ? and t = ?")
                .params(question.arrangement(), t)
                .query(String.class)
                .optional();
    }

    /** The first answer to a question over a snapshot, in whatever order of its groups. */
    Optional<String> firstAnswer(Question question, long t) {
        return jdbc.sql("select report from answer where question = ? and t = ? order by at, arrangement limit 1")
                .params(question.id(), t)
                .query(String.class)
                .optional();
    }

    /** Keeps an answer unless there is one already; says whether it did. */
    boolean keepAnswer(Question question, long t, String report, Instant now) {
        return jdbc.sql("insert into answer values (?, ?, ?, ?::jsonb, ?) on conflict do nothing")
                        .params(question.arrangement(), t, question.id(), report, time(now))
                        .update()
                > 0;
    }

    /** How far an answer is known already. */
    enum Known {
        /** Nothing of it. */
        NOTHING,
        /** The same question with its groups in another order: all but the steps of the funnel. */
        ALL_BUT_FUNNEL,
        /** All of it. */
        ALL
    }

    /** What the requester has of this answer. */
    Known requesterKnows(Requester requester, Question question, long t) {
        return known(jdbc.sql("select bool_or(arrangement = ?) from ledger"
                        + " where portal = ? and requester = ? and question = ? and t = ? having count(*) > 0")
                .params(question.arrangement(), requester.portal(), requester.pseudonym(), question.id(), t)
                .query(Boolean.class)
                .optional());
    }

    /** What any requester of the portal has of this answer. */
    Known portalKnows(Requester requester, Question question, long t) {
        return known(jdbc.sql("select bool_or(arrangement = ?) from ledger"
                        + " where portal = ? and question = ? and t = ? having count(*) > 0")
                .params(question.arrangement(), requester.portal(), question.id(), t)
                .query(Boolean.class)
                .optional());
    }

    private static Known known(Optional<Boolean> sameOrder) {
        return sameOrder.map(same -> same ? Known.ALL : Known.ALL_BUT_FUNNEL).orElse(Known.NOTHING);
    }

    void enter(Requester requester, Question question, long t, Costs costs, Instant now) {
        jdbc.sql("insert into ledger (at, portal, requester, question, arrangement, t, micro, portal_micro)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        time(now),
                        requester.portal(),
                        requester.pseudonym(),
                        question.id(),
                        question.arrangement(),
                        t,
                        costs.requester(),
                        costs.portal())
                .update();
    }

    /** What an answer costs, in millionths of ε. */
    record Costs(long requester, long portal) {}

    /** The newest entries first. */
    List<LedgerEntry> entries(int limit) {
        return jdbc.sql(
                        "select at, portal, requester, question, t, micro, portal_micro from ledger order by id desc limit ?")
                .param(limit)
                .query((row, number) -> new LedgerEntry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("portal"),
                        row.getString("requester"),
                        row.getString("question"),
                        row.getLong("t"),
                        row.getLong("micro") / MILLION,
                        row.getLong("portal_micro") / MILLION))
                .list();
    }

    private static Budget.Spent spent(ResultSet row, int number) throws SQLException {
        return new Budget.Spent(
                row.getLong("spent_micro"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
