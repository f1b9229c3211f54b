package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import allmende.core.delivery.TableColumn;
import allmende.engine.delivery.TableSummary.ColumnSummary;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** Reads and makes table files by DuckDB, within bounded memory. */
final class TableFiles implements AutoCloseable {

    private static final String MEMORY_LIMIT = "512MB";

    /** The longest line of a table in bytes. */
    private static final int MAX_LINE = 16 << 20;

    private final Connection connection;
    private final Path scratch;

    private TableFiles(Connection connection, Path scratch) {
        this.connection = connection;
        this.scratch = scratch;
    }

    /** Opens with a folder for what does not fit into memory, which is removed again. */
    static TableFiles open(Path scratch) {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", MEMORY_LIMIT);
        // one thread: rows keep their order, and the same rows become the same bytes
        settings.setProperty("threads", "1");
        settings.setProperty("temp_directory", scratch.toString());
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        try {
            return new TableFiles(DriverManager.getConnection("jdbc:duckdb:", settings), scratch);
        } catch (SQLException problem) {
            throw DeliveryFailed.writing(problem);
        }
    }

    private static String source(Path csv, List<String> columns) {
        String declared =
                columns.stream().map(name -> "'" + name + "': 'VARCHAR'").collect(Collectors.joining(", "));
        return "read_csv('" + quoted(csv) + "', header = true, auto_detect = false, delim = ',', quote = '\"', "
                + "escape = '\"', new_line = '\\r\\n', nullstr = '', allow_quoted_nulls = false, parallel = false, "
                + "max_line_size = " + MAX_LINE + ", columns = {" + declared + "})";
    }

    private static List<String> names(GroupTable table) {
        return table.columns().stream().map(TableColumn::name).toList();
    }

    private static String quoted(Path file) {
        return file.toString().replace("'", "''");
    }

    /** A column's values as this type; what is none becomes null. */
    private static String typed(String name, CellType type) {
        return switch (type) {
            case TEXT -> "\"" + name + "\"";
            case LIST -> "from_json(\"" + name + "\", '[\"VARCHAR\"]')";
            case TRUTH, WHOLE, NUMBER -> "try_cast(\"" + name + "\" as " + type.sql() + ")";
        };
    }

    /** Rows, filled cells and different values of a table; a column of which a value does not fit its type is one of texts. */
    TableSummary look(Path csv, GroupTable table) {
        StringBuilder sql = new StringBuilder("select count(*)");
        for (TableColumn column : table.columns()) {
            String name = column.name();
            sql.append(", count(\"")
                    .append(name)
                    .append("\"), approx_count_distinct(\"")
                    .append(name)
                    .append("\"), ");
            CellType type = CellType.of(column);
            sql.append("count(")
                    .append(type == CellType.LIST ? "\"" + name + "\"" : typed(name, type))
                    .append(')');
        }
        sql.append(" from ").append(source(csv, names(table)));
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql.toString())) {
            found.next();
            List<ColumnSummary> columns = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                long filled = found.getLong(3 * i + 2);
                boolean fits = found.getLong(3 * i + 4) == filled;
                CellType type = CellType.of(table.columns().get(i));
                columns.add(new ColumnSummary(fits ? type : CellType.TEXT, filled, found.getLong(3 * i + 3)));
            }
            return new TableSummary(table, found.getLong(1), columns);
        } catch (SQLException problem) {
            throw DeliveryFailed.writing(problem);
        }
    }

    /** Writes a table as Parquet. */
    void parquet(Path csv, TableSummary summary, Path target) {
        List<String> names = names(summary.table());
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(typed(names.get(i), summary.columns().get(i).type()) + " as \"" + names.get(i) + "\"");
        }
        String sql = "copy (select " + String.join(", ", columns) + " from " + source(csv, names) + ") to '"
                + quoted(target) + "' (format parquet, compression zstd)";
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException problem) {
            throw DeliveryFailed.writing(problem);
        }
    }

    /**
     * Counts the rows of a table that somebody else wrote.
     *
     * @throws SQLException if it can't be read
     */
    long count(Path file, List<String> columns) throws SQLException {
        String from =
                file.toString().endsWith(".parquet") ? "read_parquet('" + quoted(file) + "')" : source(file, columns);
        // all cells are read, so that a cut file is noticed
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*), count(columns(*)) from " + from)) {
            found.next();
            return found.getLong(1);
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException problem) {
            throw new IOException(problem);
        }
        Trees.delete(scratch);
    }
}
