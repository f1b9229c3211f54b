package allmende.engine.load;

import java.util.Arrays;

/** A part of an array: bytes {@code from} inclusive to {@code to} exclusive. */
record Slice(byte[] array, int from, int to) {

    static Slice of(byte[] array) {
        return new Slice(array, 0, array.length);
    }

    int length() {
        return to - from;
    }

    /** Without white space and byte order mark at its ends. */
    Slice trim() {
        int start = from;
        int end = to;
        if (end - start >= 3
                && array[start] == (byte) 0xef
                && array[start + 1] == (byte) 0xbb
                && array[start + 2] == (byte) 0xbf) {
            start += 3;
        }
        while (start < end && isSpace(array[start])) {
            start++;
        }
        while (end > start && isSpace(array[end - 1])) {
            end--;
        }
        return new Slice(array, start, end);
    }

    /** At most so many bytes of it. */
    Slice start(int bytes) {
        return new Slice(array, from, Math.min(to, from + bytes));
    }

    /** Where the pattern is found first, as an index into the array; -1 where it is not. */
    int indexOf(byte[] pattern) {
        for (int i = from; i <= to - pattern.length; i++) {
            if (array[i] == pattern[0]
                    && Arrays.mismatch(array, i, i + pattern.length, pattern, 0, pattern.length) < 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    byte[] copy() {
        return Arrays.copyOfRange(array, from, to);
    }
}
