package allmende.engine.index;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies an index file into a new one, in one read transaction: facts sorted, presence made, nothing in it that no row
 * needs any more. What the old file still holds in freed blocks stays behind with it.
 */
final class Rewrite {

    /** Stretches whose words are made in one transaction. */
    private static final int STRETCHES_AT_ONCE = 64;

    private Rewrite() {}

    /** Copies; the source goes on being read and written meanwhile. */
    static void copy(IndexFile source, Path target) throws SQLException {
        Connection connection = Sql.duck(source.writer()).duplicate();
        try (connection) {
            Sql.execute(connection, "attach '" + target.toString().replace("'", "''") + "' as next");
            try {
                Sql.transaction(connection, () -> {
                    copyTables(connection);
                    return null;
                });
                Sql.transaction(connection, () -> {
                    forgetUnused(connection);
                    return null;
                });
                Sql.execute(connection, "checkpoint next");
            } finally {
                Sql.execute(connection, "detach next");
            }
        }
    }

    private static void copyTables(Connection connection) throws SQLException {
        for (String table : Schema.tables()) {
            Sql.execute(connection, "create table next." + table);
        }
        for (String table : Schema.copied()) {
            Sql.execute(connection, "insert into next." + table + " select * from " + table);
        }
        for (Schema.Sorted sorted : Schema.sorted()) {
            Sql.execute(
                    connection,
                    "insert into next." + sorted.table() + " select * from " + sorted.from() + " order by "
                            + sorted.order());
        }
        List<Integer> contexts = new ArrayList<>();
        Sql.query(
                connection,
                "select distinct context from " + FactSql.ALL_FACTS + " order by 1",
                row -> contexts.add(row.getInt(1)));
        for (int context : contexts) {
            Sql.execute(
                    connection,
                    "insert into next.fact select * from " + FactSql.ALL_FACTS + " where context = " + context
                            + " order by concept, patient");
        }
    }

    /**
     * Texts that no row refers to may be from somebody who was erased. Their numbers must not go to others, so the text
     * gives way to the number behind a control character, which no code has.
     */
    private static void forgetUnused(Connection connection) throws SQLException {
        Sql.execute(
                connection,
                "create temp table used as select concept from next.fact union select value_concept from next.fact"
                        + " where value_concept is not null union select value_concept from next.attribute"
                        + " where value_concept is not null");
        Sql.execute(
                connection,
                "update next.code set code = chr(1) || number where number not in (select concept from used)");
        Sql.execute(
                connection,
                "update next.code_system set uri = chr(1) || number where number not in"
                        + " (select concept >> 32 from used)");
        Sql.execute(
                connection,
                "update next.name set text = chr(1) || number where kind = 'UNIT'"
                        + " and number not in (select unit from next.fact where unit is not null"
                        + " union select unit from next.attribute where unit is not null)");
        Sql.execute(connection, "drop table used");
    }

    /** Sums up a copied file and makes its presence. */
    static void complete(IndexFile file) throws SQLException {
        Connection writer = file.writer();
        Sql.transaction(writer, () -> {
            Sql.execute(writer, "delete from tally");
            Sql.execute(writer, "delete from presence");
            Sql.execute(writer, "delete from word");
            Sql.execute(
                    writer,
                    "insert into tally select context, concept, " + Schema.TALLY_UNIT
                            + " as unit, count(*) from fact group by all order by all");
            Presence.layOut(writer);
            return null;
        });
        boolean complete = false;
        while (!complete) {
            complete = Sql.transaction(writer, () -> Presence.fill(writer, STRETCHES_AT_ONCE));
        }
        Sql.execute(writer, "checkpoint");
    }
}
