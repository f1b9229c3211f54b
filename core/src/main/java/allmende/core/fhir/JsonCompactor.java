package allmende.core.fhir;

import java.util.Arrays;

/** Strips white space between the tokens of well-formed JSON, byte by byte. */
final class JsonCompactor {

    private JsonCompactor() {}

    static byte[] compact(byte[] json, int offset, int length) {
        int end = offset + length;
        int from = afterByteOrderMark(json, offset, end);
        int first = nextWhitespace(json, from, end);
        if (first == end && from == 0 && end == json.length) {
            return json;
        }
        byte[] out = new byte[end - from];
        int size = 0;
        int runStart = from;
        int runEnd = first;
        while (true) {
            System.arraycopy(json, runStart, out, size, runEnd - runStart);
            size += runEnd - runStart;
            if (runEnd == end) {
                break;
            }
            runStart = afterWhitespace(json, runEnd, end);
            runEnd = nextWhitespace(json, runStart, end);
        }
        return size == out.length ? out : Arrays.copyOf(out, size);
    }

    private static int afterByteOrderMark(byte[] json, int from, int end) {
        boolean marked = end - from >= 3
                && json[from] == (byte) 0xEF
                && json[from + 1] == (byte) 0xBB
                && json[from + 2] == (byte) 0xBF;
        return marked ? from + 3 : from;
    }

    /** The next white space outside of strings; {@code from} is outside of a string. */
    private static int nextWhitespace(byte[] json, int from, int end) {
        int at = from;
        while (at < end) {
            byte b = json[at];
            if (b == '"') {
                at = afterString(json, at + 1, end);
            } else if (isWhitespace(b)) {
                return at;
            } else {
                at++;
            }
        }
        return end;
    }

    private static int afterString(byte[] json, int from, int end) {
        int at = from;
        while (at < end && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, end);
    }

    private static int afterWhitespace(byte[] json, int from, int end) {
        int at = from;
        while (at < end && isWhitespace(json[at])) {
            at++;
        }
        return at;
    }

    private static boolean isWhitespace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
