package allmende.app.federation.hub;

import allmende.app.federation.policy.TokenBucket;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds how often one address may ask to take part, so that one that asks too often is in nobody else's way. Addresses of
 * IPv6 count by their network of 64 bits, which one party has as a whole. The portal's own machine is not bounded here: its
 * callers are neighbours, or a proxy that does not say for whom it calls.
 */
final class AddressRate {

    /** Of this many addresses the last calls are remembered; it is forgotten who was silent for longest. */
    static final int ADDRESSES_MAX = 10_000;

    /** A site repeats its request about 30 times a minute until somebody decides. */
    static final int BURST = 60;

    private static final int PER_MINUTE = 120;
    private static final int BYTES_V6 = 16;
    private static final int NETWORK_V6 = 8;

    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    /**
     * Whether this address may ask now.
     *
     * @param address as the connection or a trusted proxy says; a literal, never looked up
     */
    boolean take(String address, Instant now) {
        String party = party(address);
        if (party.isEmpty()) {
            return true;
        }
        TokenBucket bucket;
        synchronized (buckets) {
            bucket = buckets.computeIfAbsent(party, fresh -> new TokenBucket(BURST, PER_MINUTE, now));
        }
        return bucket.take(now);
    }

    /** How many addresses are remembered. */
    int remembered() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    /** Whom an address belongs to; empty for this machine. */
    private static String party(String address) {
        try {
            InetAddress read = InetAddress.ofLiteral(address);
            byte[] bytes = read.getAddress();
            return read.isLoopbackAddress()
                    ? ""
                    : HexFormat.of().formatHex(bytes.length == BYTES_V6 ? Arrays.copyOf(bytes, NETWORK_V6) : bytes);
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }
}
