package allmende.engine.table;

import org.jspecify.annotations.Nullable;

/** Takes the rows of a table, in order, and writes them. Not for several threads. */
public interface TableSink extends AutoCloseable {

    /**
     * Writes a row.
     *
     * @param cells as {@link allmende.core.view.View.RowSink} tells; not kept
     * @throws CellFault if a value does not fit its column's type
     * @throws TableUnwritable if the file can't be written
     */
    void row(@Nullable Object[] cells);

    /**
     * Completes the table. Without it, what was written is thrown away.
     *
     * @throws TableUnwritable if the file can't be written
     */
    void finish();

    /** Lets go of the file; throws away what is not complete. */
    @Override
    void close();
}
