package allmende.engine.delivery;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elliptic curves of keys. */
final class Curves {

    /** Names for people by names in Java. */
    private static final Map<String, String> KNOWN = Map.of("secp256r1", "P-256", "secp384r1", "P-384");

    private Curves() {}

    /** The curve's name; null for one that is not used. */
    static @Nullable String name(ECParameterSpec parameters) {
        for (Map.Entry<String, String> known : KNOWN.entrySet()) {
            ECParameterSpec other = parameters(known.getKey());
            if (other.getCurve().equals(parameters.getCurve())
                    && other.getGenerator().equals(parameters.getGenerator())) {
                return known.getValue();
            }
        }
        return null;
    }

    private static ECParameterSpec parameters(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + name, missing);
        }
    }
}
