package allmende.engine.table;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Says why a file can't be written. */
final class Writing {

    private Writing() {}

    static TableUnwritable failed(IOException problem) {
        String reason = problem instanceof NoSuchFileException
                ? "The folder of the file does not exist."
                : "The file can't be written; is the disk full, or the right to write missing?";
        return new TableUnwritable(reason, problem);
    }
}
