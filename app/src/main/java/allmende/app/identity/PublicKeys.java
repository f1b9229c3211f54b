package allmende.app.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public keys as engineers have them: a JSON Web Key, a set of them, or PEM as openssl writes it. */
final class PublicKeys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private PublicKeys() {}

    /** The keys in a file; each has an id, its thumbprint where the file names none. Nothing where it is no such file. */
    static Optional<JWKSet> read(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8).strip();
        try {
            if (!text.startsWith("{")) {
                return pem(text);
            }
            List<JWK> keys = text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
            List<JWK> named = new ArrayList<>();
            for (JWK key : keys) {
                named.add(named(key));
            }
            return Optional.of(new JWKSet(named));
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JWK named(JWK key) throws JOSEException {
        if (key.getKeyID() != null) {
            return key;
        }
        return switch (key) {
            case RSAKey rsa -> new RSAKey.Builder(rsa).keyIDFromThumbprint().build();
            case ECKey curve -> new ECKey.Builder(curve).keyIDFromThumbprint().build();
            default -> key;
        };
    }

    private static Optional<JWKSet> pem(String text) throws GeneralSecurityException, JOSEException {
        Matcher pem = PEM.matcher(text);
        List<JWK> keys = new ArrayList<>();
        while (pem.find()) {
            keys.add(key(Base64.getMimeDecoder().decode(pem.group(1))));
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(new JWKSet(keys));
    }

    private static JWK key(byte[] der) throws GeneralSecurityException, JOSEException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
        try {
            RSAPublicKey rsa = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
            return new RSAKey.Builder(rsa).keyIDFromThumbprint().build();
        } catch (GeneralSecurityException e) {
            ECPublicKey curve = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
            return new ECKey.Builder(Curve.forECParameterSpec(curve.getParams()), curve)
                    .keyIDFromThumbprint()
                    .build();
        }
    }
}
