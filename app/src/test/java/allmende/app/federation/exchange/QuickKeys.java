package allmende.app.federation.exchange;

import allmende.app.federation.trust.KeyReader;
import allmende.app.federation.trust.SigningKey;
import allmende.app.federation.trust.VerifyingKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keys for simulations: signatures that nobody forges by accident, a thousand times quicker than real ones. Who holds the
 * secret number signs; who checks looks the number up.
 */
final class QuickKeys implements KeyReader {

    private static final long PRIME = 0x100000001b3L;

    private final Map<String, VerifyingKey> known = new HashMap<>();

    SigningKey make(String name, long secret) {
        VerifyingKey half = new Half(name, secret);
        known.put(name, half);
        return new SigningKey() {
            @Override
            public VerifyingKey publicKey() {
                return half;
            }

            @Override
            public byte[] sign(byte[] input) {
                return signature(input, secret);
            }
        };
    }

    @Override
    public Optional<VerifyingKey> read(String text) {
        return Optional.ofNullable(known.get(text));
    }

    private static byte[] signature(byte[] input, long secret) {
        long hash = secret;
        for (byte b : input) {
            hash = (hash ^ b) * PRIME;
        }
        return ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
    }

    private record Half(String thumbprint, long secret) implements VerifyingKey {

        @Override
        public String algorithm() {
            return "QUICK";
        }

        @Override
        public String text() {
            return thumbprint;
        }

        @Override
        public boolean verifies(byte[] input, byte[] signature) {
            return Arrays.equals(signature, signature(input, secret));
        }
    }
}
