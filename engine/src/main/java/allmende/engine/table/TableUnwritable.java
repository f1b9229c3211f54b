package allmende.engine.table;

import org.jspecify.annotations.Nullable;

/** A table can't be written: no space, no right, a missing folder. */
public final class TableUnwritable extends RuntimeException {

    private static final long serialVersionUID = 1;

    TableUnwritable(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
