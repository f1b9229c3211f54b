package allmende.app.portal;

import allmende.engine.store.SideTables;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The portal's tables, with transactions that nest: an inner one takes part in the outer one. */
record PortalDatabase(JdbcClient jdbc, TransactionTemplate transaction) {

    static PortalDatabase over(SideTables tables) {
        DataSource source = tables.dataSource();
        return new PortalDatabase(
                JdbcClient.create(source), new TransactionTemplate(new DataSourceTransactionManager(source)));
    }

    <T> T inTransaction(Supplier<T> work) {
        T result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("a transaction gave nothing");
        }
        return result;
    }
}
