package allmende.app.identity;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.audit.IdentityTables;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Teams: made by a researcher, joined on invitation, left at any time; a person is in one at most. */
public final class Teams {

    private final IdentityTables tables;
    private final Accounts accounts;
    private final AuditTrail audit;
    private final InstantSource clock;

    Teams(IdentityTables tables, Accounts accounts, AuditTrail audit, InstantSource clock) {
        this.tables = tables;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    /** The team with this number. */
    public Optional<Team> find(long id) {
        return tables.jdbc()
                .sql("select id, name from team where id = ?")
                .param(id)
                .query((row, number) -> new Team(row.getLong("id"), row.getString("name")))
                .optional();
    }

    /** Makes a team with this person as its first member; nothing happens where they are in one already. */
    public void create(Account founder, String name) {
        if (founder.team() != null) {
            return;
        }
        long id = tables.transactions().execute(status -> {
            KeyHolder key = new GeneratedKeyHolder();
            tables.jdbc()
                    .sql("insert into team (name, created_at, created_by) values (?, ?, ?)")
                    .params(name, Timestamp.from(clock.instant()), founder.name())
                    .update(key, "id");
            long made = java.util.Objects.requireNonNull(key.getKey()).longValue();
            enter(founder.id(), made);
            return made;
        });
        note(founder, "team.created", id, null);
    }

    /**
     * Invites somebody into one's own team. Whether there is such an account is not told: who is invited sees it.
     */
    public void invite(Account member, String name) {
        Long team = member.team();
        Optional<Account> guest = accounts.find(name);
        if (team == null || guest.isEmpty() || team.equals(guest.get().team())) {
            return;
        }
        tables.jdbc()
                .sql("""
                        insert into team_invitation (team_id, account_id, invited_by, invited_at) values (?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(team, guest.get().id(), member.name(), Timestamp.from(clock.instant()))
                .update();
        note(member, "team.invited", team, guest.get().name());
    }

    /**
     * An invitation.
     *
     * @param by name of the account that invited
     */
    public record Invitation(Team team, String by) {}

    /** Where a person is invited to. */
    public List<Invitation> invitations(Account guest) {
        return tables.jdbc()
                .sql("select t.id, t.name, i.invited_by from team_invitation i join team t on t.id = i.team_id"
                        + " where i.account_id = ? order by t.name")
                .param(guest.id())
                .query((row, number) ->
                        new Invitation(new Team(row.getLong("id"), row.getString("name")), row.getString("invited_by")))
                .list();
    }

    /** Names of the accounts that a team has invited and that have not answered. */
    public List<String> invited(long team) {
        return tables.jdbc()
                .sql("select a.name from team_invitation i join account a on a.id = i.account_id"
                        + " where i.team_id = ? order by a.name")
                .param(team)
                .query((row, number) -> row.getString("name"))
                .list();
    }

    /** Joins a team on its invitation, leaving the present one. */
    public void join(Account guest, long team) {
        if (!forget(guest, team)) {
            return;
        }
        leave(guest);
        enter(guest.id(), team);
        note(guest, "team.joined", team, null);
    }

    /** Declines an invitation. */
    public void decline(Account guest, long team) {
        forget(guest, team);
    }

    /** Leaves the team; a team without members is gone. */
    public void leave(Account member) {
        Long team = member.team();
        if (team == null) {
            return;
        }
        tables.transactions().executeWithoutResult(status -> {
            tables.jdbc()
                    .sql("update account set team_id = null where id = ?")
                    .param(member.id())
                    .update();
            tables.jdbc()
                    .sql("delete from team t where id = ? and not exists"
                            + " (select from account a where a.team_id = t.id)")
                    .param(team)
                    .update();
        });
        note(member, "team.left", team, null);
    }

    private boolean forget(Account guest, long team) {
        return tables.jdbc()
                        .sql("delete from team_invitation where team_id = ? and account_id = ?")
                        .params(team, guest.id())
                        .update()
                > 0;
    }

    private void enter(long account, long team) {
        tables.jdbc()
                .sql("update account set team_id = ? where id = ?")
                .params(team, account)
                .update();
    }

    private void note(Account by, String what, long team, @Nullable String detail) {
        audit.record(new AuditEvent(by.name(), what, "team:" + team, detail));
    }
}
