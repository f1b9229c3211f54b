package allmende.synth.json;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A growing buffer into which JSON is written as bytes. It knows no grammar: callers write well-formed pieces, which is
 * what makes it fast. Text is UTF-8.
 */
public final class JsonBytes {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[8192];
    private int length;

    /** Number of bytes written. */
    public int length() {
        return length;
    }

    /** Forgets what was written, keeps the memory. */
    public JsonBytes clear() {
        length = 0;
        return this;
    }

    /** A copy of what was written. */
    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Appends what another buffer holds. */
    public JsonBytes append(JsonBytes other) {
        room(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
        return this;
    }

    /**
     * Writes the buffer's content to a stream.
     *
     * @throws IOException if the stream fails
     */
    public void writeTo(OutputStream stream) throws IOException {
        stream.write(bytes, 0, length);
    }

    /** Writes the piece as it is, without escaping. */
    public JsonBytes raw(String piece) {
        int size = piece.length();
        room(size * 3);
        for (int i = 0; i < size; i++) {
            char c = piece.charAt(i);
            if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                encode(c);
            }
        }
        return this;
    }

    /** Writes a text as JSON string, in quotes and escaped. */
    public JsonBytes text(String text) {
        int size = text.length();
        room(size * 6 + 2);
        bytes[length++] = '"';
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = (byte) c;
            } else if (c < 0x20) {
                control(c);
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                encode(c);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /** Writes a whole number. */
    public JsonBytes number(long value) {
        room(20);
        if (value < 0) {
            bytes[length++] = '-';
        }
        digits(Math.abs(value), 1);
        return this;
    }

    /** Writes {@code scaled / 10^decimals} with exactly that many decimals: 123 with 1 decimal is {@code 12.3}. */
    public JsonBytes decimal(long scaled, int decimals) {
        if (decimals == 0) {
            return number(scaled);
        }
        room(24);
        long power = 1;
        for (int i = 0; i < decimals; i++) {
            power *= 10;
        }
        if (scaled < 0) {
            bytes[length++] = '-';
        }
        digits(Math.abs(scaled) / power, 1);
        bytes[length++] = '.';
        digits(Math.abs(scaled) % power, decimals);
        return this;
    }

    /** Writes a day as FHIR date, without quotes. */
    public JsonBytes date(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        room(10);
        digits(date.getYear(), 4);
        bytes[length++] = '-';
        digits(date.getMonthValue(), 2);
        bytes[length++] = '-';
        digits(date.getDayOfMonth(), 2);
        return this;
    }

    /** Writes the month of a day as FHIR date, without quotes: {@code 2024-02}. */
    public JsonBytes yearMonth(int day) {
        date(day);
        length -= 3;
        return this;
    }

    /** Writes a local minute as FHIR dateTime with seconds and offset, without quotes. */
    public JsonBytes dateTime(long minute) {
        int day = GermanTime.day(minute);
        int ofDay = (int) (minute - (long) day * GermanTime.DAY);
        date(day);
        room(15);
        bytes[length++] = 'T';
        digits(ofDay / 60, 2);
        bytes[length++] = ':';
        digits(ofDay % 60, 2);
        return raw(GermanTime.offsetHours(minute) == 2 ? ":00+02:00" : ":00+01:00");
    }

    private void digits(long value, int atLeast) {
        int count = atLeast;
        for (long rest = value / power(atLeast); rest > 0; rest /= 10) {
            count++;
        }
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    /** Two or three bytes of UTF-8; the hospital's texts hold no characters beyond the basic plane. */
    private void encode(char c) {
        if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | (c >> 6));
        } else {
            bytes[length++] = (byte) (0xE0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
    }

    private void control(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 0xF];
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
