package allmende.app.portal;

import allmende.app.federation.AnswerListener;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskOutcome;
import allmende.core.disclosure.CountReport;
import allmende.core.disclosure.Refusal;
import allmende.core.disclosure.RulesRead;
import allmende.core.disclosure.SiteAnswer;
import allmende.core.disclosure.SiteAnswerJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the sites have answered, kept as it came. The first answer of a site to a task stands. */
final class Answers implements AnswerListener {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String UNREADABLE = "unreadable-answer";

    private final JdbcClient jdbc;
    private final Arrivals arrivals = new Arrivals();

    Answers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private enum Kind {
        COMPLETED,
        FAILED,
        REFUSED
    }

    /** An outcome as it is kept. */
    private record Kept(Kind kind, String body, @Nullable String note) {

        static Kept of(TaskOutcome outcome) {
            return switch (outcome) {
                case TaskOutcome.Completed(var output) -> new Kept(Kind.COMPLETED, output.toString(), null);
                case TaskOutcome.Failed(var code) -> new Kept(Kind.FAILED, code, null);
                case TaskOutcome.Refused(var reason, var note) -> new Kept(Kind.REFUSED, reason.name(), note);
            };
        }

        SiteAnswer answer() {
            return switch (kind) {
                case COMPLETED -> read(body);
                case FAILED ->
                    new SiteAnswer.Failed(body.toLowerCase(Locale.ROOT).replace('_', '-'));
                case REFUSED -> new SiteAnswer.Refused(Refusal.of(Refusal.Reason.valueOf(body)));
            };
        }
    }

    /** Also called for tasks whose ask has not learnt the task's name yet; the name is what joins them. */
    @Override
    public void answered(String taskId, PartyId site, TaskOutcome outcome, Instant at, boolean late) {
        Kept kept = Kept.of(outcome);
        jdbc.sql("""
                        insert into answer (task, site, kind, body, note, at, late) values (?, ?, ?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(taskId, site.value(), kept.kind().name(), kept.body())
                .param(kept.note())
                .params(Timestamp.from(at), late)
                .update();
        arrivals.tell();
    }

    /** Hears of every answer. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** How many sites have answered this ask. */
    int arrived(long ask) {
        return jdbc.sql("select count(*) from ask k join answer a on a.task = k.task where k.id = ?")
                .param(ask)
                .query(Integer.class)
                .single();
    }

    /** What has come to this ask from each site, by the sites' names. */
    List<SiteResult> of(long ask, Instant now) {
        return jdbc.sql("""
                        select s.site, s.name, a.kind, a.body, a.note, a.at, a.late, k.deadline
                        from ask k join ask_site s on s.ask = k.id
                        left join answer a on a.task = k.task and a.site = s.site
                        where k.id = ? order by s.name, s.site
                        """).param(ask).query((row, number) -> result(row, now)).list();
    }

    /** The newest count of each site for this account, by site, with the time of its arrival. */
    Map<String, Spent> spent(long account) {
        Map<String, Spent> newest = new TreeMap<>();
        jdbc.sql("""
                        select distinct on (a.site) a.site, a.body, a.at from answer a join ask k on k.task = a.task
                        where k.account = ? and a.kind = 'COMPLETED' order by a.site, a.at desc
                        """)
                .param(account)
                .query((row, number) -> {
                    if (read(row.getString("body")) instanceof SiteAnswer.Counted(CountReport report)) {
                        newest.put(
                                row.getString("site"),
                                new Spent(
                                        report.privacy(), row.getTimestamp("at").toInstant()));
                    }
                    return true;
                })
                .list();
        return newest;
    }

    /** What a site said is left, and when. */
    record Spent(CountReport.Privacy privacy, Instant at) {

        /** What is left now, since budgets refill evenly. */
        double remaining(Instant now) {
            double days = Duration.between(at, now).toSeconds()
                    / (double) Duration.ofDays(1).toSeconds();
            double refilled = privacy.remaining() + privacy.capacity() * Math.max(0, days) / privacy.refillDays();
            return Math.min(privacy.capacity(), refilled);
        }
    }

    private static SiteResult result(ResultSet row, Instant now) throws SQLException {
        String site = row.getString("site");
        String name = row.getString("name");
        String kind = row.getString("kind");
        if (kind == null) {
            boolean over = now.isAfter(row.getTimestamp("deadline").toInstant());
            return new SiteResult(site, name, over ? new SiteAnswer.TimedOut() : null, null, null, false);
        }
        Kept kept = new Kept(Kind.valueOf(kind), row.getString("body"), row.getString("note"));
        return new SiteResult(
                site, name, kept.answer(), kept.note(), row.getTimestamp("at").toInstant(), row.getBoolean("late"));
    }

    private static SiteAnswer read(String body) {
        try {
            return switch (SiteAnswerJson.read(JSON.readTree(body))) {
                case RulesRead.Valid<SiteAnswer>(var answer) -> answer;
                case RulesRead.Invalid<SiteAnswer> _ -> new SiteAnswer.Failed(UNREADABLE);
            };
        } catch (JacksonException e) {
            return new SiteAnswer.Failed(UNREADABLE);
        }
    }
}
