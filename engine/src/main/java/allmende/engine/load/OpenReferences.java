package allmende.engine.load;

import allmende.core.fhir.ResourceKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Replaces references that search, in the bytes that {@link BodyMaker} made, by those that name a resource. */
final class OpenReferences {

    private static final byte[] BEFORE = "\"reference\":\"".getBytes(StandardCharsets.US_ASCII);

    private OpenReferences() {}

    /**
     * The bytes with every reference replaced whose query is known. Quotes inside of texts are escaped, so the pattern
     * is only found where a reference is.
     */
    static byte[] replace(byte[] json, Map<ConditionalQuery, ResourceKey> found) {
        Map<String, byte[]> targets = found.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().literal(),
                        entry -> entry.getValue().toString().getBytes(StandardCharsets.US_ASCII)));
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
        int written = 0;
        int at = 0;
        while ((at = indexOf(json, at)) >= 0) {
            int from = at + BEFORE.length;
            int to = from;
            while (json[to] != '"') {
                to += json[to] == '\\' ? 2 : 1;
            }
            byte[] target = targets.get(new String(json, from, to - from, StandardCharsets.UTF_8));
            if (target != null) {
                out.write(json, written, from - written);
                out.writeBytes(target);
                written = to;
            }
            at = to;
        }
        out.write(json, written, json.length - written);
        return out.toByteArray();
    }

    private static int indexOf(byte[] json, int start) {
        for (int i = start; i <= json.length - BEFORE.length; i++) {
            if (json[i] == '"' && matches(json, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] json, int at) {
        for (int i = 1; i < BEFORE.length; i++) {
            if (json[at + i] != BEFORE[i]) {
                return false;
            }
        }
        return true;
    }
}
