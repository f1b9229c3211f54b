package allmende.app.federation.trust;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Optional;

/** Keys on the curve P-256 for the JWS algorithm ES256 (RFC 7518, section 3.4), as JWK. */
public final class Es256 {

    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.ES256);
    private static final int TEXT_MAX_CHARACTERS = 2_000;

    private Es256() {}

    /** Makes a key pair. */
    public static SigningKey generate() {
        try {
            return new Pair(new ECKeyGenerator(Curve.P_256).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java can make no keys on the curve P-256", e);
        }
    }

    /** A public key; empty if the text is no JWK of a key on P-256, or holds a private key. */
    public static Optional<VerifyingKey> read(String text) {
        return parse(text).filter(key -> !key.isPrivate()).map(Public::of);
    }

    /** A key pair from the JWK that {@link #write} made; empty if the text is none. */
    public static Optional<SigningKey> readPair(String text) {
        return parse(text).filter(ECKey::isPrivate).map(Pair::new);
    }

    /** The whole pair as JWK, a secret. */
    public static String write(SigningKey key) {
        if (!(key instanceof Pair pair)) {
            throw new IllegalArgumentException("Not a key on P-256");
        }
        return pair.key.toJSONString();
    }

    private static Optional<ECKey> parse(String text) {
        if (text.length() > TEXT_MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            ECKey key = ECKey.parse(text);
            return Curve.P_256.equals(key.getCurve()) ? Optional.of(key) : Optional.empty();
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static String thumbprint(ECKey key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java can't compute SHA-256", e);
        }
    }

    private static final class Pair implements SigningKey {

        private final ECKey key;
        private final ECDSASigner signer;
        private final VerifyingKey publicKey;

        Pair(ECKey key) {
            this.key = key;
            try {
                this.signer = new ECDSASigner(key);
            } catch (JOSEException e) {
                throw new IllegalStateException("This Java can't sign with ES256", e);
            }
            this.publicKey = Public.of(key.toPublicJWK());
        }

        @Override
        public VerifyingKey publicKey() {
            return publicKey;
        }

        @Override
        public byte[] sign(byte[] input) {
            try {
                return signer.sign(HEADER, input).decode();
            } catch (JOSEException e) {
                throw new IllegalStateException("Signing failed", e);
            }
        }
    }

    private record Public(String thumbprint, String text, ECDSAVerifier verifier) implements VerifyingKey {

        static VerifyingKey of(ECKey key) {
            try {
                // Only what identifies the key travels: a JWK may carry more.
                ECKey bare = new ECKey.Builder(Curve.P_256, key.getX(), key.getY()).build();
                return new Public(Es256.thumbprint(bare), bare.toJSONString(), new ECDSAVerifier(bare));
            } catch (JOSEException e) {
                throw new IllegalStateException("This Java can't check ES256", e);
            }
        }

        @Override
        public String algorithm() {
            return JWSAlgorithm.ES256.getName();
        }

        @Override
        public boolean verifies(byte[] input, byte[] signature) {
            try {
                return verifier.verify(HEADER, input, Base64URL.encode(signature));
            } catch (JOSEException e) {
                return false;
            }
        }
    }
}
