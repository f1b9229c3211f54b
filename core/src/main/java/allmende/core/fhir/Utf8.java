package allmende.core.fhir;

/**
 * Checks that the bytes of a JSON text are Unicode throughout: UTF-8 (RFC 3629: no overlong forms, no surrogates, at most
 * U+10FFFF), without a NUL, which no JSON text holds and which would make a parser guess at UTF-16, and with surrogates
 * written as escapes in pairs only: a lone one is no character, and could not be written again.
 */
final class Utf8 {

    private static final int ESCAPE_LENGTH = 6;

    private Utf8() {}

    /** Index of the first byte that breaks the rules; -1 if there is none. */
    static int firstFault(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = afterPlain(bytes, at, end);
            if (at == end) {
                return -1;
            }
            int width = bytes[at] == '\\' ? escapeWidth(bytes, at, end) : sequenceWidth(bytes, at, end);
            if (width == 0) {
                return at;
            }
            at += width;
        }
        return -1;
    }

    /** Skips bytes 0x01 to 0x7F except backslashes. */
    private static int afterPlain(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] > 0 && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Bytes of the escape or pair of escapes that starts here; 0 for a lone surrogate. Other faults are the parser's. */
    private static int escapeWidth(byte[] bytes, int at, int end) {
        int unit = escapedUnit(bytes, at, end);
        if (unit < 0) {
            // a backslash before a byte of its own, which may be a backslash; never the start of a sequence
            return at + 1 < end && bytes[at + 1] > 0 ? 2 : 1;
        }
        if (Character.isLowSurrogate((char) unit)) {
            return 0;
        }
        if (!Character.isHighSurrogate((char) unit)) {
            return ESCAPE_LENGTH;
        }
        int second = escapedUnit(bytes, at + ESCAPE_LENGTH, end);
        return second >= 0 && Character.isLowSurrogate((char) second) ? 2 * ESCAPE_LENGTH : 0;
    }

    /** The UTF-16 unit that an escape with four hexadecimal digits writes; -1 if none stands here. */
    private static int escapedUnit(byte[] bytes, int at, int end) {
        if (at + ESCAPE_LENGTH > end || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
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
