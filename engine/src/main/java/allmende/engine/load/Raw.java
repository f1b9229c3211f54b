package allmende.engine.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** The bytes of a piece as they came: kept for quarantine, or to be found again. */
sealed interface Raw {

    /** In memory. */
    record Held(Slice bytes) implements Raw {}

    /** Made of what is in memory, if it should be needed. */
    record Made(Supplier<byte[]> maker) implements Raw {}

    /** Too large for memory: the content of an input between two offsets, decompressed. */
    record InInput(Input input, long from, long to) implements Raw {}

    /** Opens the bytes. */
    default InputStream open() throws IOException {
        return switch (this) {
            case Held held ->
                new ByteArrayInputStream(
                        held.bytes().array(), held.bytes().from(), held.bytes().length());
            case Made made -> new ByteArrayInputStream(made.maker().get());
            case InInput there -> new Part(there.input().open(), there.from(), there.to());
        };
    }

    /** A part of a stream. */
    final class Part extends InputStream {
        private final InputStream whole;
        private long left;

        Part(InputStream whole, long from, long to) throws IOException {
            this.whole = whole;
            this.left = to - from;
            whole.skipNBytes(from);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = whole.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, n);
            return n;
        }

        @Override
        public void close() throws IOException {
            whole.close();
        }
    }
}
