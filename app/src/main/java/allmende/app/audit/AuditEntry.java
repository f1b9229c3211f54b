package allmende.app.audit;

import allmende.core.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One entry of the trail.
 *
 * @param seq number, from 1, without gaps
 * @param at when, in whole microseconds
 * @param event what
 * @param previous hash of the entry before, as 64 hexadecimal digits; all zeros for the first
 * @param hash hash of this entry and of {@code previous}
 */
public record AuditEntry(long seq, Instant at, AuditEvent event, String previous, String hash) {

    /** What stands before the first entry. */
    static final String NOTHING = "0".repeat(64);

    /** The entry that follows on {@code previous}. */
    static AuditEntry after(long seq, Instant at, AuditEvent event, String previous) {
        return new AuditEntry(seq, at, event, previous, hash(seq, at, event, previous));
    }

    /** Whether the hash is that of the content. */
    boolean intact() {
        return hash.equals(hash(seq, at, event, previous));
    }

    /** SHA-256 over all fields, each with its length before it, so that no two entries read alike. */
    private static String hash(long seq, Instant at, AuditEvent event, String previous) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(seq);
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.getNano());
            write(out, event.who());
            write(out, event.what());
            write(out, event.object());
            out.writeBoolean(event.detail() != null);
            write(out, event.detail() == null ? "" : event.detail());
            out.write(HexFormat.of().parseHex(previous));
            return Sha256.hex(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
