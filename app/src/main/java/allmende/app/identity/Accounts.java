package allmende.app.identity;

import allmende.app.audit.IdentityTables;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The accounts of a portal, to be read; {@link AccountDesk} changes them. */
public final class Accounts {

    private static final String SELECT = """
            select id, name, display_name, email, team_id, affiliation, affiliation_state, locked,
              array(select role from account_role r where r.account_id = a.id) as roles
            from account a
            """;

    private final IdentityTables tables;

    Accounts(IdentityTables tables) {
        this.tables = tables;
    }

    /**
     * Who makes the present request.
     *
     * @throws NotLoggedIn if nobody is logged in
     */
    public Account current() {
        return signedIn().orElseThrow(NotLoggedIn::new);
    }

    /** Who makes the present request, if anybody is logged in. */
    public Optional<Account> signedIn() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof HasAccount holder)) {
            return Optional.empty();
        }
        return find(holder.account());
    }

    /** The account with this number. */
    public Optional<Account> find(long id) {
        return tables.jdbc()
                .sql(SELECT + "where id = ?")
                .param(id)
                .query(Accounts::account)
                .optional();
    }

    /** The account with this name; upper case is read as lower. */
    public Optional<Account> find(String name) {
        return tables.jdbc()
                .sql(SELECT + "where name = ?")
                .param(name.strip().toLowerCase(Locale.ROOT))
                .query(Accounts::account)
                .optional();
    }

    /** Id of the Patient resource that the person of an account is; nothing for nobody's. */
    Optional<String> patient(long id) {
        return tables.jdbc()
                .sql("select coalesce(patient_id, '') as patient from account where id = ?")
                .param(id)
                .query((row, number) -> row.getString("patient"))
                .optional()
                .filter(patient -> !patient.isEmpty());
    }

    /** All accounts by name. */
    public List<Account> all() {
        return tables.jdbc()
                .sql(SELECT + "order by name")
                .query(Accounts::account)
                .list();
    }

    /** The members of a team by name. */
    public List<Account> ofTeam(long team) {
        return tables.jdbc()
                .sql(SELECT + "where team_id = ? order by name")
                .param(team)
                .query(Accounts::account)
                .list();
    }

    /** The account that a provider's subject belongs to. */
    Optional<Account> ofSubject(String issuer, String subject) {
        return tables.jdbc()
                .sql(SELECT + "join external_identity e on e.account_id = a.id where e.issuer = ? and e.subject = ?")
                .params(issuer, subject)
                .query(Accounts::account)
                .optional();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        long team = row.getLong("team_id");
        boolean alone = row.wasNull();
        return new Account(
                row.getLong("id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("email"),
                roles(row.getArray("roles")),
                alone ? null : team,
                row.getString("affiliation"),
                "CONFIRMED".equals(row.getString("affiliation_state")),
                row.getBoolean("locked"));
    }

    private static Set<Role> roles(Array names) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : (String[]) names.getArray()) {
            roles.add(Role.valueOf(name));
        }
        return roles;
    }
}
