package allmende.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role of its own sees its own tables, and nobody else's role sees them. */
final class ApartTablesTest {

    private static final Apart APART = new Apart("apart", "side", "apart_service");
    private static final String DENIED = "42501";

    @TempDir
    Path data;

    @Test
    void theRoleReadsAndWritesItsTablesAndNothingBesides() throws SQLException {
        var location = new StoreLocation.Embedded(data, "site");
        try (Store store = Stores.open(location);
                SideTables beside = Stores.openBeside(location, "side", "side");
                SideTables apart = Stores.openApart(location, APART)) {
            run(beside, "insert into note values ('the site''s')");
            run(apart, "insert into note values ('apart')");
            run(apart, "delete from note");
            for (String beyond : new String[] {
                "select * from side.note",
                "select * from allmende.version",
                "create table more (a int)",
                "create table public.more (a int)",
                "drop table note",
                "alter role apart_service superuser",
                "select * from flyway_schema_history"
            }) {
                assertThatThrownBy(() -> run(apart, beyond))
                        .as(beyond)
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo(DENIED));
            }
            assertThat(store.currentT()).isZero();
        }
        try (SideTables again = Stores.openApart(location, APART)) {
            run(again, "insert into note values ('once more')");
        }
    }

    /** As on a server of somebody else's, where the site has a role of its own, too. */
    @Test
    void anotherRoleDoesNotSeeThem() throws SQLException {
        var location = new StoreLocation.Embedded(data, "site");
        LocalPostgres server = LocalPostgres.open(data);
        try (server;
                SideTables apart = Stores.openApart(location, APART)) {
            run(apart, "insert into note values ('apart')");
            try (Connection owner = server.connect("site");
                    Statement statement = owner.createStatement()) {
                statement.execute(
                        "create role site_role login password 'p'; grant connect on database site to site_role");
            }
            try (Connection site = server.connect("site", "site_role", "p");
                    Statement statement = site.createStatement()) {
                assertThatThrownBy(() -> statement.execute("select * from apart.note"))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo(DENIED));
            }
        }
    }

    @Test
    void namesThatWouldNeedQuotingAreRefused() {
        assertThatThrownBy(() -> new Apart("a; drop", "side", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Apart("a", "side", "b'")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void run(SideTables tables, String sql) throws SQLException {
        try (Connection connection = tables.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
