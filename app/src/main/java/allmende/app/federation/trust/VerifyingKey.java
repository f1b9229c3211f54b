package allmende.app.federation.trust;

/** A party's public key. */
public interface VerifyingKey {

    /** JWS name of the algorithm; a signature that names another one is not even tried. */
    String algorithm();

    /** Identifies the key: RFC 7638 thumbprint (SHA-256, base64url). */
    String thumbprint();

    /** The key in the text form in which it travels, a JWK. */
    String text();

    /** Whether the holder of the private key signed this. */
    boolean verifies(byte[] input, byte[] signature);
}
