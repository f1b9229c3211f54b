package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import allmende.engine.table.TableFormat;
import allmende.engine.table.TableSink;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A piece of a table as CSV with its heading, which is skipped when pieces are put together. */
final class CsvPiece {

    private final TableSink sink;

    CsvPiece(OutputStream out, GroupTable table) {
        this.sink = TableFormat.CSV.to(out, table.view().columns());
    }

    void row(@Nullable Object[] cells) {
        sink.row(cells);
    }

    void finish() {
        sink.finish();
    }

    /** The heading alone. */
    static byte[] heading(GroupTable table) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableSink sink = TableFormat.CSV.to(out, table.view().columns())) {
            sink.finish();
        }
        return out.toByteArray();
    }
}
