package allmende.app.federation.trust;

/** A party's own key pair. */
public interface SigningKey {

    /** The half for everybody. */
    VerifyingKey publicKey();

    /** Signs these bytes. */
    byte[] sign(byte[] input);
}
