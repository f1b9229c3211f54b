package allmende.engine.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds where JSON values begin and end, in memory or in a stream of any size, without building anything. It knows only
 * strings and brackets, so that one broken entry does not hide those after it; whether a value is good JSON is for the
 * parser to say.
 */
final class JsonScan {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int TEXT_BYTES_MAX = 1 << 16;
    private static final int END = -1;

    private final @Nullable InputStream more;
    private byte[] buffer;
    private int at;
    private int limit;
    private long base;

    private int captureFrom = -1;
    private int captureMax;
    private boolean captureOverflows;
    private @Nullable ByteArrayOutputStream captured;

    /** Scans a part of an array. */
    JsonScan(Slice slice) {
        this.more = null;
        this.buffer = slice.array();
        this.at = slice.from();
        this.limit = slice.to();
        this.base = 0;
    }

    /** Scans a stream from its current place on, which is offset 0. */
    JsonScan(InputStream stream) {
        this.more = stream;
        this.buffer = new byte[BUFFER_BYTES];
    }

    /** What is wrong with the structure; told by place alone. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault() {
            super("not JSON", null, false, false);
        }
    }

    /** Offset of the next byte: in the array, or from the beginning of the stream. */
    long offset() {
        return base + at;
    }

    /** The next byte that is not white space, left in place; -1 at the end. */
    int peek() throws IOException {
        while (true) {
            if (at == limit && !fill()) {
                return END;
            }
            byte b = buffer[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
    }

    /** Takes the next byte if it is this one. */
    boolean takes(char expected) throws IOException {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** Takes this byte. */
    void take(char expected) throws IOException, Fault {
        if (!takes(expected)) {
            throw new Fault();
        }
    }

    /** Reads a string; those longer than 64 KiB are none that anybody asks for. */
    String text() throws IOException, Fault {
        if (peek() != '"') {
            throw new Fault();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        at++;
        while (true) {
            int b = next();
            if (b == '"') {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            if (b == '\\') {
                escape(bytes);
            } else {
                bytes.write(b);
            }
            if (bytes.size() > TEXT_BYTES_MAX) {
                throw new Fault();
            }
        }
    }

    /** Reads a string; skips anything else. */
    @Nullable
    String textOrSkip() throws IOException, Fault {
        if (peek() == '"') {
            return text();
        }
        skip();
        return null;
    }

    /** Skips a value. */
    void skip() throws IOException, Fault {
        int depth = 0;
        do {
            int b = peek();
            switch (b) {
                case END -> throw new Fault();
                case '"' -> skipString();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    if (--depth < 0) {
                        throw new Fault();
                    }
                    at++;
                }
                default -> {
                    if (depth > 0) {
                        at++;
                    } else {
                        skipWord();
                    }
                }
            }
        } while (depth > 0);
    }

    /** Marks the next byte that is not white space as the beginning of a capture of at most so many bytes. */
    void startCapture(int max) throws IOException {
        peek();
        captureFrom = at;
        captureMax = max;
        captureOverflows = false;
        captured = null;
    }

    /** What was passed since {@link #startCapture}; null where it was too much. */
    @Nullable
    Slice endCapture() {
        int from = captureFrom;
        captureFrom = -1;
        if (captured == null) {
            boolean fits = at - from <= captureMax;
            Slice here = new Slice(buffer, from, at);
            return !fits ? null : more == null ? here : Slice.of(here.copy());
        }
        keep(from, at);
        Slice all = captureOverflows ? null : Slice.of(captured.toByteArray());
        captured = null;
        return all;
    }

    private void skipString() throws IOException, Fault {
        at++;
        while (true) {
            int i = at;
            byte[] bytes = buffer;
            int end = limit;
            while (i < end && bytes[i] != '"' && bytes[i] != '\\') {
                i++;
            }
            at = i;
            if (i == end) {
                if (!fill()) {
                    throw new Fault();
                }
            } else if (bytes[i] == '"') {
                at = i + 1;
                return;
            } else {
                at = i + 1;
                next();
            }
        }
    }

    private void skipWord() throws IOException, Fault {
        long start = offset();
        while (at < limit || fill()) {
            byte b = buffer[at];
            if (b == ',' || b == '}' || b == ']' || b == ':' || b == '"' || b == '{' || b == '[' || b <= ' ') {
                break;
            }
            at++;
        }
        if (offset() == start) {
            throw new Fault();
        }
    }

    private int next() throws IOException, Fault {
        if (at == limit && !fill()) {
            throw new Fault();
        }
        return buffer[at++] & 0xff;
    }

    private void escape(ByteArrayOutputStream bytes) throws IOException, Fault {
        int b = next();
        switch (b) {
            case '"', '\\', '/' -> bytes.write(b);
            case 'b' -> bytes.write('\b');
            case 'f' -> bytes.write('\f');
            case 'n' -> bytes.write('\n');
            case 'r' -> bytes.write('\r');
            case 't' -> bytes.write('\t');
            case 'u' -> {
                int unit = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(next(), 16);
                    if (digit < 0) {
                        throw new Fault();
                    }
                    unit = (unit << 4) | digit;
                }
                bytes.writeBytes(String.valueOf((char) unit).getBytes(StandardCharsets.UTF_8));
            }
            default -> throw new Fault();
        }
    }

    private boolean fill() throws IOException {
        if (more == null) {
            return false;
        }
        if (captureFrom >= 0) {
            keep(captureFrom, limit);
            captureFrom = 0;
        }
        int read = more.read(buffer, 0, buffer.length);
        base += limit;
        at = 0;
        limit = Math.max(0, read);
        return read > 0;
    }

    private void keep(int from, int to) {
        if (captured == null) {
            captured = new ByteArrayOutputStream(2 * BUFFER_BYTES);
        }
        if (captureOverflows || captured.size() + (to - from) > captureMax) {
            captureOverflows = true;
            captured.reset();
        } else {
            captured.write(buffer, from, to - from);
        }
    }
}
