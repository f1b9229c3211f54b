package allmende.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SideTablesTest {

    @TempDir
    Path data;

    @Test
    void partiesOfOneServerDoNotSeeEachOther() throws SQLException {
        var north = new StoreLocation.Embedded(data, "north");
        var south = new StoreLocation.Embedded(data, "south");
        try (SideTables first = open(north);
                SideTables second = open(south)) {
            note(first, "from the north");
            assertThat(notes(first)).containsExactly("from the north");
            assertThat(notes(second)).isEmpty();
        }
    }

    @Test
    void theyStandBesideTheStoreAndStay() throws SQLException {
        var location = new StoreLocation.Embedded(data, "site");
        try (Store store = Stores.open(location);
                SideTables tables = open(location)) {
            note(tables, "kept");
            assertThat(store.currentT()).isZero();
        }
        try (SideTables tables = open(location)) {
            assertThat(notes(tables)).containsExactly("kept");
        }
    }

    @Test
    void aDatabaseNameThatWouldNeedQuotingIsRefused() {
        assertThatThrownBy(() -> new StoreLocation.Embedded(data, "north; drop"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SideTables open(StoreLocation location) {
        return Stores.openBeside(location, "side", "side");
    }

    private static void note(SideTables tables, String text) throws SQLException {
        try (Connection connection = tables.dataSource().getConnection();
                var statement = connection.prepareStatement("insert into note values (?)")) {
            statement.setString(1, text);
            statement.executeUpdate();
        }
    }

    private static List<String> notes(SideTables tables) throws SQLException {
        try (Connection connection = tables.dataSource().getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select text from note")) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
