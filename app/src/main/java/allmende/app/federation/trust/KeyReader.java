package allmende.app.federation.trust;

import java.util.Optional;

/** Reads public keys. */
@FunctionalInterface
public interface KeyReader {

    /** The key in this text; empty if it is none of the one accepted kind. */
    Optional<VerifyingKey> read(String text);
}
