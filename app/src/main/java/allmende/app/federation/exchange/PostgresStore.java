package allmende.app.federation.exchange;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store in PostgreSQL: the tables of schema {@code federation}. */
public final class PostgresStore implements MessageStore {

    private final TransactionTemplate transactions;
    private final Session session;

    /** @param source connections whose search path is the schema */
    public PostgresStore(DataSource source) {
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        this.session = new PostgresSession(JdbcClient.create(source));
    }

    @Override
    @SuppressWarnings("NullAway") // the template hands through what the work returns: null exactly where T may be
    public <T extends @Nullable Object> T transaction(Function<Session, T> work) {
        return transactions.execute(status -> work.apply(session));
    }

    static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static Instant time(OffsetDateTime time) {
        return Objects.requireNonNull(time).toInstant();
    }

    /** The statements run on the connection of the transaction of the calling thread. */
    private static final class PostgresSession extends PostgresParties implements Session {
        PostgresSession(JdbcClient jdbc) {
            super(jdbc);
        }
    }
}
