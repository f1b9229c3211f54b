package allmende.app.concepts;

import allmende.core.fhir.Coding;
import allmende.engine.store.SideTables;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What accounts used last, in the portal's database, schema {@code concepts}. */
final class RecentTable implements RecentConcepts {

    /** What an account keeps; older uses are forgotten. */
    private static final int KEPT = 50;

    private final JdbcClient jdbc;

    RecentTable(SideTables tables) {
        this.jdbc = JdbcClient.create(tables.dataSource());
    }

    @Override
    public void used(String account, List<Used> concepts) {
        for (Used used : concepts) {
            jdbc.sql("""
                            insert into recent (account, context, system, code) values (?, ?, ?, ?)
                            on conflict (account, context, system, code)
                            do update set at = clock_timestamp(), times = recent.times + 1
                            """)
                    .params(
                            account,
                            used.context(),
                            used.coding().system(),
                            used.coding().code())
                    .update();
        }
        jdbc.sql("""
                        delete from recent where account = ? and at <
                        (select at from recent where account = ? order by at desc offset ? limit 1)
                        """).params(account, account, KEPT - 1).update();
    }

    @Override
    public List<Used> latest(String account, int limit) {
        return jdbc.sql("select context, system, code from recent where account = ? order by at desc limit ?")
                .params(account, limit)
                .query((row, number) ->
                        new Used(row.getString("context"), new Coding(row.getString("system"), row.getString("code"))))
                .list();
    }
}
