package allmende.engine.table;

import allmende.core.view.Column;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Parquet by way of DuckDB: rows are collected in a database file beside the result, which DuckDB then copies. Memory
 * stays bounded; the disk needs about twice the result for a while.
 */
final class ParquetSink implements TableSink {

    private static final String MEMORY_LIMIT = "256MB";
    private static final int FLUSH_ROWS = 50_000;

    private final Path file;
    private final Path part;
    private final Path work;
    private final List<Column> columns;
    private final List<SqlType> types;
    private final Connection connection;
    private final DuckDBAppender rows;
    private int unflushed;

    ParquetSink(Path file, List<Column> columns) {
        this.file = file;
        this.part = FileSink.part(file);
        this.columns = columns;
        this.types = columns.stream().map(SqlType::of).toList();
        Path folder = file.toAbsolutePath().getParent();
        try {
            this.work = Files.createTempDirectory(folder, ".table");
            this.connection = connect(work);
            execute("create table result (" + declarations() + ")");
            this.rows = ((DuckDBConnection) connection).createAppender(DuckDBConnection.DEFAULT_SCHEMA, "result");
        } catch (IOException problem) {
            throw Writing.failed(problem);
        } catch (SQLException problem) {
            throw failed(problem);
        }
    }

    private static Connection connect(Path work) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", MEMORY_LIMIT);
        settings.setProperty("threads", "2");
        settings.setProperty("temp_directory", work.resolve("tmp").toString());
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("preserve_insertion_order", "true");
        return DriverManager.getConnection("jdbc:duckdb:" + work.resolve("rows.duckdb"), settings);
    }

    private String declarations() {
        return Stream.iterate(0, i -> i < columns.size(), i -> i + 1)
                .map(i -> '"' + columns.get(i).name() + "\" " + types.get(i).sql()
                        + (columns.get(i).collection() ? "[]" : ""))
                .collect(Collectors.joining(", "));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void row(@Nullable Object[] cells) {
        try {
            @Nullable Object[] converted = converted(cells);
            rows.beginRow();
            for (Object cell : converted) {
                append(cell);
            }
            rows.endRow();
            if (++unflushed == FLUSH_ROWS) {
                rows.flush();
                unflushed = 0;
            }
        } catch (SQLException problem) {
            throw failed(problem);
        }
    }

    /** All at once, so that a value that does not fit leaves no half row. */
    private @Nullable Object[] converted(@Nullable Object[] cells) {
        @Nullable Object[] converted = new @Nullable Object[cells.length];
        for (int i = 0; i < cells.length; i++) {
            SqlType type = types.get(i);
            Column column = columns.get(i);
            converted[i] = switch (cells[i]) {
                case null -> null;
                case List<?> list ->
                    list.stream().map(each -> type.convert(each, column)).toList();
                case Object value -> type.convert(value, column);
            };
        }
        return converted;
    }

    private void append(@Nullable Object cell) throws SQLException {
        switch (cell) {
            case null -> rows.appendNull();
            case String text -> rows.append(text);
            case Boolean truth -> rows.append(truth);
            case Integer number -> rows.append(number);
            case Long number -> rows.append(number);
            case Double number -> rows.append(number);
            case java.time.LocalDate date -> rows.append(date);
            case java.time.LocalTime time -> rows.append(time);
            case java.time.LocalDateTime time -> rows.append(time);
            case java.time.OffsetDateTime time -> rows.append(time);
            case Collection<?> list -> rows.append(list);
            default -> throw new IllegalArgumentException("a cell of " + cell.getClass());
        }
    }

    @Override
    public void finish() {
        try {
            rows.close();
            execute("copy result to '" + part.toString().replace("'", "''") + "' (format parquet, compression zstd)");
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (SQLException problem) {
            throw failed(problem);
        } catch (IOException problem) {
            throw Writing.failed(problem);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
            Files.deleteIfExists(part);
            Trees.delete(work);
        } catch (SQLException problem) {
            throw failed(problem);
        } catch (IOException problem) {
            throw Writing.failed(problem);
        }
    }

    private static TableUnwritable failed(SQLException problem) {
        return new TableUnwritable("The Parquet file can't be written; is the disk full?", problem);
    }
}
