package allmende.core.disclosure;

import java.nio.ByteBuffer;
import javax.crypto.spec.SecretKeySpec;

/** Bits of HMAC-SHA-256 in counter mode. */
final class KeyedBits implements RandomBits {

    private final SecretKeySpec key;
    private byte[] block = new byte[0];
    private long blocks;
    private int used;

    KeyedBits(byte[] seed) {
        this.key = new SecretKeySpec(seed, "HmacSHA256");
    }

    @Override
    public boolean next() {
        if (used == block.length * Byte.SIZE) {
            block = NoiseKey.mac(
                    key, ByteBuffer.allocate(Long.BYTES).putLong(blocks++).array());
            used = 0;
        }
        boolean bit = (block[used >> 3] >> (used & 7) & 1) == 1;
        used++;
        return bit;
    }
}
