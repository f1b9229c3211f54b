package allmende.app.federation.trust;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signed statements in JWS compact form (RFC 7515). The header names the algorithm, the key's thumbprint and, as
 * {@code typ}, what the statement is for: one made for one purpose never passes for another.
 */
public final class Jws {

    /** A longer statement is not looked at. */
    public static final int MAX_CHARACTERS = 16 * 1024;

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final String TYPE_PREFIX = "allmende-";

    private Jws() {}

    /** Signs a statement. */
    public static String sign(SigningKey key, Use use, ObjectNode statement) {
        ObjectNode header = JSON.createObjectNode();
        header.put("alg", key.publicKey().algorithm());
        header.put("kid", key.publicKey().thumbprint());
        header.put("typ", TYPE_PREFIX + use.word());
        String input = ENCODER.encodeToString(JSON.writeValueAsBytes(header)) + "."
                + ENCODER.encodeToString(JSON.writeValueAsBytes(statement));
        return input + "." + ENCODER.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Takes a statement apart without believing it; null if it is not of this form and use. */
    static @Nullable Opened open(String jws, Use use) {
        if (jws.length() > MAX_CHARACTERS) {
            return null;
        }
        int first = jws.indexOf('.');
        int second = jws.indexOf('.', first + 1);
        if (first <= 0 || second < 0 || jws.indexOf('.', second + 1) >= 0) {
            return null;
        }
        try {
            JsonNode header = JSON.readTree(DECODER.decode(jws.substring(0, first)));
            if (!header.path("typ").asString("").equals(TYPE_PREFIX + use.word()) || header.has("crit")) {
                return null;
            }
            return new Opened(
                    header.path("alg").asString(""),
                    header.path("kid").asString(""),
                    JSON.readTree(DECODER.decode(jws.substring(first + 1, second))),
                    jws.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                    DECODER.decode(jws.substring(second + 1)));
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }

    /** What a statement is for. */
    public enum Use {
        MESSAGE,
        POLL,
        ENROLMENT,
        PORTAL;

        private String word() {
            return switch (this) {
                case MESSAGE -> "message";
                case POLL -> "poll";
                case ENROLMENT -> "enrolment";
                case PORTAL -> "portal";
            };
        }
    }

    /**
     * A statement taken apart, not believed yet.
     *
     * @param key thumbprint of the key that it says it is signed with
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes that only this package passes on
    record Opened(String algorithm, String key, JsonNode statement, byte[] input, byte[] signature) {

        /** Whether this key signed it. */
        boolean signedBy(VerifyingKey candidate) {
            return candidate.algorithm().equals(algorithm)
                    && candidate.thumbprint().equals(key)
                    && candidate.verifies(input, signature);
        }
    }
}
