package allmende.engine.table;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of NDJSON files, one resource each; files that end in {@code .gz} are unpacked on the way. */
public final class NdjsonSource implements ResourceSource, AutoCloseable {

    private static final int PAGE = 500;
    private static final int BUFFER = 1 << 18;

    private final Iterator<Path> files;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 14);
    private @Nullable InputStream open;
    private int from;
    private int to;

    /** Reads these files one after the other. */
    public NdjsonSource(List<Path> files) {
        this.files = files.iterator();
    }

    @Override
    public List<byte[]> next() {
        List<byte[]> page = new ArrayList<>(PAGE);
        try {
            while (page.size() < PAGE) {
                byte[] read = line();
                if (read == null) {
                    return page;
                }
                if (!new String(read, 0, Math.min(read.length, 4), java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
                    page.add(read);
                }
            }
            return page;
        } catch (IOException problem) {
            throw new SourceUnreadable(
                    "A file of resources can't be read: check its path, its rights and that it is whole.", problem);
        }
    }

    private byte @Nullable [] line() throws IOException {
        line.reset();
        while (true) {
            if (from == to && !fill()) {
                return line.size() > 0 ? line.toByteArray() : null;
            }
            if (from == to) {
                // a file ended: so does its last line
                if (line.size() > 0) {
                    return line.toByteArray();
                }
                continue;
            }
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, from, end - from);
            boolean complete = end < to;
            from = complete ? end + 1 : end;
            if (complete && line.size() > 0) {
                return line.toByteArray();
            }
        }
    }

    /** Fills the buffer; leaves it empty at the end of a file. False when there are no more files. */
    private boolean fill() throws IOException {
        if (open == null) {
            if (!files.hasNext()) {
                return false;
            }
            open = open(files.next());
        }
        from = 0;
        to = Math.max(0, open.read(buffer));
        if (to == 0) {
            close();
        }
        return true;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream stream = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(new BufferedInputStream(stream), BUFFER) : stream;
    }

    @Override
    public void close() throws IOException {
        InputStream stream = open;
        open = null;
        if (stream != null) {
            stream.close();
        }
    }
}
