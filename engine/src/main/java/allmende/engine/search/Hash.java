package allmende.engine.search;

import java.nio.charset.StandardCharsets;

/**
 * 64-bit hashes that stand for texts in the index. Among ten million texts the chance that any two share one is
 * three in a million.
 */
final class Hash {

    // FNV-1a (offset basis and prime for 64 bits), finished by the mixing steps of SplitMix64.
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    /** The hash of a text; the same in every run. */
    static long of(String text) {
        long hash = BASIS;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    /** The hash of a resource's key. */
    static long of(String type, String id) {
        return of(type + "/" + id);
    }
}
