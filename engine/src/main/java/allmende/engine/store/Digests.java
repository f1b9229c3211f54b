package allmende.engine.store;

import allmende.core.digest.Sha256;
import allmende.core.fhir.ResourceKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.UUID;

/** Short digests: the first bits of SHA-256. */
final class Digests {

    private Digests() {}

    /** The first 128 bits of what was digested, in the 16 bytes that PostgreSQL needs for a uuid. */
    static UUID first128(MessageDigest digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** The first 64 bits of the digest of a resource type and an id or an identifier's value, as looked up by. */
    static long hash(MessageDigest digest, String type, String value) {
        digest.update(type.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '|');
        return ByteBuffer.wrap(digest.digest(value.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /** The hashes of resource keys. */
    static Object[] hashes(Collection<ResourceKey> keys) {
        MessageDigest sha256 = Sha256.fresh();
        return keys.stream().map(key -> hash(sha256, key.type(), key.id())).toArray();
    }
}
