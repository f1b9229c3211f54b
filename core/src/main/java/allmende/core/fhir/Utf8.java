package allmende.core.fhir;

/**
 * Checks that bytes are UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF) without a NUL, which no
 * JSON text holds and which would make a parser guess at UTF-16.
 */
final class Utf8 {

    private Utf8() {}

    /** Index of the first byte that breaks the rules; -1 if there is none. */
    static int firstFault(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = afterAscii(bytes, at, end);
            if (at == end) {
                return -1;
            }
            int width = sequenceWidth(bytes, at, end);
            if (width == 0) {
                return at;
            }
            at += width;
        }
        return -1;
    }

    /** Skips bytes 0x01 to 0x7F. */
    private static int afterAscii(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] > 0) {
            at++;
        }
        return at;
    }

    /** Bytes of the well-formed multi-byte sequence that starts here; 0 if none does. */
    private static int sequenceWidth(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continues(bytes, at + 1, end, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return continues(bytes, at + 1, end, low, high) && continues(bytes, at + 2, end, 0x80, 0xBF) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int low = lead == 0xF0 ? 0x90 : 0x80;
            int high = lead == 0xF4 ? 0x8F : 0xBF;
            return continues(bytes, at + 1, end, low, high)
                            && continues(bytes, at + 2, end, 0x80, 0xBF)
                            && continues(bytes, at + 3, end, 0x80, 0xBF)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int at, int end, int low, int high) {
        if (at >= end) {
            return false;
        }
        int value = bytes[at] & 0xFF;
        return value >= low && value <= high;
    }
}
