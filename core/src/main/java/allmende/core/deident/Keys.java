package allmende.core.deident;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a project's key: hashes, moves of dates, noise. Each purpose has a key of its own. Not thread-safe;
 * {@link #fork} one for each thread.
 */
final class Keys {

    private static final HexFormat HEX = HexFormat.of();

    private final Mac ids;
    private final Mac values;
    private final Mac shifts;
    private final Mac noise;

    private Keys(Mac ids, Mac values, Mac shifts, Mac noise) {
        this.ids = ids;
        this.values = values;
        this.shifts = shifts;
        this.noise = noise;
    }

    static Keys of(ProjectKey key) {
        return new Keys(key.mac("ids"), key.mac("values"), key.mac("shifts"), key.mac("noise"));
    }

    Keys fork() {
        return new Keys(copy(ids), copy(values), copy(shifts), copy(noise));
    }

    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("HMAC-SHA-256 of Java can be copied", impossible);
        }
    }

    /** Of the id of a resource, wherever it stands: the same id gives the same hash. */
    String id(String id, int digits) {
        return hex(ids, id, digits);
    }

    String value(String value, int digits) {
        return hex(values, value, digits);
    }

    /** Of a {@code urn:uuid:} or {@code urn:oid:}; looks like a random UUID (RFC 9562, version 8). */
    UUID uuid(String urn) {
        ByteBuffer hash = ByteBuffer.wrap(mac(ids, urn));
        long high = (hash.getLong() & ~0xF000L) | 0x8000L;
        long low = (hash.getLong() & ~(0xC000L << 48)) | (0x8000L << 48);
        return new UUID(high, low);
    }

    /** By how many days dates of a patient move: each of the values from -most to most except 0 is equally likely. */
    int days(String patient, int most) {
        long random = ByteBuffer.wrap(mac(shifts, patient)).getLong() >>> 1;
        int day = (int) (random % (2L * most));
        return day < most ? day - most : day - most + 1;
    }

    /**
     * A number with noise, evenly distributed, with as many decimals as before. The same number of the same patient in the
     * same element has the same noise, so repeats tell no more.
     */
    BigDecimal noisy(Method.Perturb how, BigDecimal value, @Nullable String patient, String element) {
        byte[] hash = mac(noise, element + "\n" + value.toPlainString() + "\n" + (patient == null ? "" : patient));
        BigDecimal share = BigDecimal.valueOf(ByteBuffer.wrap(hash).getLong() / 0x1p63);
        BigDecimal most = how.percent() ? value.abs().multiply(how.most()).movePointLeft(2) : how.most();
        BigDecimal noisy =
                value.add(share.multiply(most, MathContext.DECIMAL64)).setScale(value.scale(), RoundingMode.HALF_EVEN);
        return value.signum() >= 0 && noisy.signum() < 0 ? BigDecimal.ZERO.setScale(Math.max(0, value.scale())) : noisy;
    }

    private static String hex(Mac mac, String text, int digits) {
        return HEX.formatHex(mac(mac, text), 0, digits / 2);
    }

    private static byte[] mac(Mac mac, String text) {
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
