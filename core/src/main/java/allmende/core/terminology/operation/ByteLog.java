package allmende.core.terminology.operation;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Bytes in the order in which they were added, in pieces, so that growing copies nothing. */
final class ByteLog {

    private static final int PIECE = 1 << 16;

    private final List<byte[]> pieces = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void add(int octet) {
        if (size == pieces.size() * PIECE) {
            pieces.add(new byte[PIECE]);
        }
        size++;
        set(size - 1, octet);
    }

    void addAll(byte[] octets) {
        if (Integer.MAX_VALUE - size < octets.length) {
            throw new IllegalStateException("more than 2 GB of text");
        }
        int done = 0;
        while (done < octets.length) {
            if (size == pieces.size() * PIECE) {
                pieces.add(new byte[PIECE]);
            }
            int at = size % PIECE;
            int part = Math.min(PIECE - at, octets.length - done);
            System.arraycopy(octets, done, pieces.getLast(), at, part);
            done += part;
            size += part;
        }
    }

    int get(int index) {
        return pieces.get(index / PIECE)[index % PIECE];
    }

    void set(int index, int octet) {
        pieces.get(index / PIECE)[index % PIECE] = (byte) octet;
    }

    void write(int start, int end, OutputStream out) throws IOException {
        int at = start;
        while (at < end) {
            int part = Math.min(PIECE - at % PIECE, end - at);
            out.write(pieces.get(at / PIECE), at % PIECE, part);
            at += part;
        }
    }
}
