package allmende.engine.load;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads an input and cuts it into pieces, with bounded memory whatever the input: lines in stretches, documents whole,
 * collections that are too large entry by entry.
 */
final class PieceReader {

    private static final int CHUNK_BYTES = 1 << 18;
    private static final int HEAD_BYTES = 1 << 16;

    private final Limits limits;
    private final Sink sink;

    PieceReader(Limits limits, Sink sink) {
        this.limits = limits;
        this.sink = sink;
    }

    /** Takes pieces in the order of the input; blocks while too much is under way. */
    interface Sink {
        /** Takes a piece; {@code rawBytes} of the input were read since the last one. */
        void take(Piece piece, long rawBytes) throws InterruptedException;
    }

    /** Reads an input to its end. */
    void read(Input input) throws InterruptedException, IOException {
        try (InputBytes in = input.open()) {
            byte[] head = new byte[HEAD_BYTES];
            int length = in.readNBytes(head, 0, head.length);
            if (!input.isPiece() && ContentForm.isLines(new Slice(head, 0, length), input.form())) {
                new Lines(input, in, head, length).read();
            } else {
                readDocument(input, in, head, length);
            }
        }
    }

    private void readDocument(Input input, InputBytes in, byte[] head, int length)
            throws InterruptedException, IOException {
        byte[] text = head;
        int end = length;
        while (end == text.length) {
            if (text.length >= limits.documentBytes()) {
                new LargeBundleReader(input, limits, sink).read();
                return;
            }
            text = Arrays.copyOf(text, (int) Math.min(limits.documentBytes(), Math.max(2L * end, input.size() + 1)));
            end += in.readNBytes(text, end, text.length - end);
        }
        sink.take(new Piece.Document(input, new Slice(text, 0, end), in.damage()), in.rawBytesRead());
    }

    /** Reads lines. */
    private final class Lines {
        private final Input input;
        private final InputBytes in;
        private byte[] buffer;
        private int end;
        private long line = 1;
        private long offset;
        private long rawBytesTold;

        Lines(Input input, InputBytes in, byte[] head, int length) {
            this.input = input;
            this.in = in;
            this.buffer = Arrays.copyOf(head, CHUNK_BYTES);
            this.end = length;
        }

        void read() throws InterruptedException {
            while (fill()) {
                int complete = lastLineEnd();
                if (complete > 0) {
                    emit(complete);
                } else if (buffer.length < limits.resourceBytes()) {
                    buffer = Arrays.copyOf(buffer, (int) Math.min(limits.resourceBytes(), 2L * buffer.length));
                } else {
                    skipLine();
                }
            }
            Rejection damage = in.damage();
            emit(damage == null ? end : lastLineEnd());
            if (damage != null) {
                Raw rest = new Raw.Held(Slice.of(Arrays.copyOf(buffer, end)));
                take(new Piece.Broken(input, new Item.Bad(new Place(line, -1, offset), rest, damage, 1)));
            }
        }

        /** Fills the buffer; false where the input ends first. */
        private boolean fill() {
            end += in.readNBytes(buffer, end, buffer.length - end);
            return end == buffer.length;
        }

        private int lastLineEnd() {
            for (int i = end; i > 0; i--) {
                if (buffer[i - 1] == '\n') {
                    return i;
                }
            }
            return 0;
        }

        private void emit(int complete) throws InterruptedException {
            byte[] next = new byte[CHUNK_BYTES];
            int left = end - complete;
            if (left > next.length) {
                next = new byte[buffer.length];
            }
            System.arraycopy(buffer, complete, next, 0, left);
            if (complete > 0) {
                take(new Piece.Lines(input, line, new Slice(buffer, 0, complete)));
            }
            for (int i = 0; i < complete; i++) {
                if (buffer[i] == '\n') {
                    line++;
                }
            }
            offset += complete;
            buffer = next;
            end = left;
        }

        /** Passes a line that is too large; it is found again by its place in the file. */
        private void skipLine() throws InterruptedException {
            long from = offset;
            offset += end;
            boolean found = false;
            int rest = 0;
            while (!found) {
                end = in.readNBytes(buffer, 0, CHUNK_BYTES);
                if (end == 0) {
                    break;
                }
                while (rest < end && !found) {
                    found = buffer[rest++] == '\n';
                }
                if (!found) {
                    offset += end;
                    rest = 0;
                }
            }
            long to = found ? offset + rest - 1 : offset;
            Raw raw = new Raw.InInput(input, from, to);
            take(new Piece.Broken(input, new Item.Bad(Place.line(line), raw, ResourceReader.tooLarge(limits), 1)));
            offset += rest;
            line++;
            byte[] next = new byte[CHUNK_BYTES];
            System.arraycopy(buffer, rest, next, 0, end - rest);
            buffer = next;
            end -= rest;
        }

        private void take(Piece piece) throws InterruptedException {
            long rawBytes = in.rawBytesRead();
            sink.take(piece, rawBytes - rawBytesTold);
            rawBytesTold = rawBytes;
        }
    }
}
