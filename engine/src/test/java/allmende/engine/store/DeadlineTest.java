package allmende.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static String slept(Database database, double seconds) {
        return database.read(connection -> {
            try (var select = connection.prepareStatement("select pg_sleep(" + seconds + "), 'slept'");
                    var row = select.executeQuery()) {
                row.next();
                return row.getString(2);
            }
        });
    }

    @Test
    void aStatementEndsWithTheTimeOfItsRequestAndTheConnectionIsGoodForTheNext() throws SQLException {
        try (LocalPostgres server = LocalPostgres.open(TestStores.DIRECTORY);
                Database database = new Database(new ConnectionSource(() -> server.connect("postgres")))) {
            assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(300), () -> slept(database, 120)))
                    .isInstanceOf(DeadlinePassed.class);
            assertThat(slept(database, 0)).isEqualTo("slept");
            Deadline.within(Duration.ofMinutes(1), () -> assertThat(slept(database, 0.3))
                    .isEqualTo("slept"));
        }
    }

    @Test
    void whoHasNoTimeLeftIsStoppedAtOnceAndWorkWithoutADeadlineIsNot() {
        assertThat(Deadline.current().isBound()).isFalse();
        Deadline.within(Duration.ZERO, () -> {
            assertThatThrownBy(() -> Deadline.current().check()).isInstanceOf(DeadlinePassed.class);
            Deadline.without(() -> Deadline.current().check());
        });
    }
}
