package allmende.engine.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes beside the file and gives it its name at the end, so that half a table is never taken for a whole one. */
final class FileSink implements TableSink {

    private final Path file;
    private final Path part;
    private final OutputStream out;
    private final TableSink inner;

    FileSink(Path file, Function<OutputStream, TableSink> format) {
        this.file = file;
        this.part = part(file);
        try {
            this.out = Files.newOutputStream(part);
        } catch (IOException problem) {
            throw Writing.failed(problem);
        }
        this.inner = format.apply(out);
    }

    /** Where a file is written before it has its name. */
    static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    @Override
    public void row(@Nullable Object[] cells) {
        inner.row(cells);
    }

    @Override
    public void finish() {
        inner.finish();
        try {
            out.close();
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw Writing.failed(problem);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(part);
        } catch (IOException problem) {
            throw Writing.failed(problem);
        }
    }
}
