package allmende.engine.table;

import java.io.IOException;

/** A file of resources can't be read. */
public final class SourceUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    SourceUnreadable(String reason, IOException cause) {
        super(reason, cause);
    }
}
