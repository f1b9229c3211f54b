package allmende.app.audit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the access log: {@code {"n":17,"previous":"…","event":{…},"hash":"…"}}. The hash is the SHA-256 of all
 * bytes before {@code ,"hash"}, so of number, hash before and event.
 *
 * @param n number, from 1, without gaps over all files
 * @param previous hash of the line before; all zeros for the first
 * @param event the AuditEvent, as it stands there
 * @param hash hash that stands there
 * @param intact whether it is the hash of the content
 */
record ChainLine(long n, String previous, String event, String hash, boolean intact) {

    /** What stands before the first line. */
    static final String NOTHING = "0".repeat(Digest.DIGITS);

    private static final String HASH = ",\"hash\":\"";
    private static final String END = "\"}";
    private static final int TAIL = HASH.length() + Digest.DIGITS + END.length();
    private static final Pattern HEAD =
            Pattern.compile("\\{\"n\":([1-9][0-9]{0,17}),\"previous\":\"([0-9a-f]{64})\",\"event\":");
    private static final int HEAD_MAX = 140;

    /** The line, without its end. */
    static byte[] write(long n, String previous, byte[] event) {
        byte[] head =
                ("{\"n\":" + n + ",\"previous\":\"" + previous + "\",\"event\":").getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[head.length + event.length + TAIL];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(event, 0, line, head.length, event.length);
        int body = head.length + event.length;
        byte[] tail = (HASH + Digest.of(line, body) + END).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(tail, 0, line, body, tail.length);
        return line;
    }

    /** The hash at the end of a line that {@link #write} made. */
    static String hash(byte[] line) {
        int end = line.length - END.length();
        return new String(line, end - Digest.DIGITS, Digest.DIGITS, StandardCharsets.US_ASCII);
    }

    /** Reads a line without its end; nothing where it is none. */
    static Optional<ChainLine> read(byte[] line) {
        int body = line.length - TAIL;
        if (body <= 0) {
            return Optional.empty();
        }
        String tail = new String(line, body, TAIL, StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(new String(line, 0, Math.min(body, HEAD_MAX), StandardCharsets.ISO_8859_1));
        if (!tail.startsWith(HASH) || !tail.endsWith(END) || !head.lookingAt()) {
            return Optional.empty();
        }
        String hash = tail.substring(HASH.length(), HASH.length() + Digest.DIGITS);
        String event = new String(line, head.end(), body - head.end(), StandardCharsets.UTF_8);
        return Optional.of(new ChainLine(
                Long.parseLong(head.group(1)), head.group(2), event, hash, hash.equals(Digest.of(line, body))));
    }
}
