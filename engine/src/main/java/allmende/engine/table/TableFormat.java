package allmende.engine.table;

import allmende.core.view.Column;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** The file formats of tables. */
public enum TableFormat {
    /** Comma-separated values (RFC 4180) in UTF-8 with a heading; lists as JSON. */
    CSV,
    /** One JSON object per line. */
    NDJSON,
    /** Apache Parquet with real column types. */
    PARQUET;

    /**
     * Writes to a stream, which is not closed.
     *
     * @throws IllegalArgumentException for Parquet, which needs a file
     */
    public TableSink to(OutputStream out, List<Column> columns) {
        return switch (this) {
            case CSV -> new CsvSink(out, columns);
            case NDJSON -> new NdjsonSink(out, columns);
            case PARQUET -> throw new IllegalArgumentException("Parquet needs a file");
        };
    }

    /** Writes a file, which appears under its name when it is complete and not before. */
    public TableSink to(Path file, List<Column> columns) {
        return this == PARQUET ? new ParquetSink(file, columns) : new FileSink(file, out -> to(out, columns));
    }
}
