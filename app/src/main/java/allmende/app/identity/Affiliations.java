package allmende.app.identity;

import allmende.app.audit.IdentityTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Where researchers say to work, for the office that checks it. */
public final class Affiliations {

    private static final String SELECT = """
            select id, name, display_name, email, affiliation, affiliation_state, affiliation_reason, affiliation_by,
              created_at
            from account
            """;

    private final IdentityTables tables;

    Affiliations(IdentityTables tables) {
        this.tables = tables;
    }

    /** All that are in this state and name an institution, oldest account first. */
    public List<Affiliation> in(Affiliation.State state) {
        return tables.jdbc()
                .sql(SELECT + "where affiliation_state = ? and affiliation <> '' order by created_at")
                .param(state.name())
                .query(Affiliations::affiliation)
                .list();
    }

    /** That of one account. */
    public Optional<Affiliation> of(long account) {
        return tables.jdbc()
                .sql(SELECT + "where id = ?")
                .param(account)
                .query(Affiliations::affiliation)
                .optional();
    }

    private static Affiliation affiliation(ResultSet row, int number) throws SQLException {
        return new Affiliation(
                row.getLong("id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("email"),
                row.getString("affiliation"),
                Affiliation.State.valueOf(row.getString("affiliation_state")),
                row.getString("affiliation_reason"),
                row.getString("affiliation_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
