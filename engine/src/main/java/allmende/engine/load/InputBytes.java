package allmende.engine.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that may be compressed and may be damaged. Where it can't be read on, it ends, and {@link #damage} tells
 * why: what was readable before is used all the same.
 */
final class InputBytes extends InputStream {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final @Nullable InputStream content;
    private final @Nullable Counting counting;
    private @Nullable Rejection damage;

    private InputBytes(@Nullable InputStream content, @Nullable Counting counting, @Nullable Rejection damage) {
        this.content = content;
        this.counting = counting;
        this.damage = damage;
    }

    static InputBytes open(Input.Opener opener) {
        Counting counting = null;
        try {
            counting = new Counting(opener.open());
            BufferedInputStream buffered = new BufferedInputStream(counting, BUFFER_BYTES);
            buffered.mark(2);
            boolean compressed = ((buffered.read() << 8) | buffered.read()) == GZIP_MAGIC;
            buffered.reset();
            return new InputBytes(compressed ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered, counting, null);
        } catch (IOException problem) {
            closeQuietly(counting);
            return new InputBytes(null, null, describe(problem));
        }
    }

    /** Why the content ended before its end; null where it did not. */
    @Nullable
    Rejection damage() {
        return damage;
    }

    /** Bytes taken from the file so far, as they lie there. */
    long rawBytesRead() {
        return counting == null ? 0 : counting.count;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (content == null || damage != null) {
            return -1;
        }
        try {
            return content.read(bytes, offset, length);
        } catch (IOException problem) {
            damage = describe(problem);
            return -1;
        }
    }

    /** Reads until so many bytes are there or the content ends; says how many. */
    @Override
    public int readNBytes(byte[] bytes, int offset, int length) {
        int read = 0;
        while (read < length) {
            int n = read(bytes, offset + read, length - read);
            if (n < 0) {
                break;
            }
            read += n;
        }
        return read;
    }

    @Override
    public void close() {
        closeQuietly(content);
    }

    private static void closeQuietly(@Nullable InputStream stream) {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException unclosed) {
                // it was only read from: nothing can be lost
                throw new UncheckedIOException(unclosed);
            }
        }
    }

    private static Rejection describe(IOException problem) {
        return problem instanceof EOFException || problem instanceof ZipException
                ? new Rejection(
                        RejectionCode.TRUNCATED_GZIP,
                        "the compressed file is cut off or damaged here; what came before was loaded")
                : new Rejection(
                        RejectionCode.UNREADABLE_FILE,
                        "the file cannot be read: " + problem.getClass().getSimpleName());
    }

    /** Counts what is read. */
    private static final class Counting extends InputStream {
        private final InputStream counted;
        private volatile long count;

        Counting(InputStream counted) {
            this.counted = counted;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads; others only look
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = counted.read(bytes, offset, length);
            count += Math.max(0, n);
            return n;
        }

        @Override
        public void close() throws IOException {
            counted.close();
        }
    }
}
