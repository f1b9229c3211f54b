package allmende.app.fhirapi;

import allmende.core.fhir.FhirJson;
import allmende.engine.search.SearchPage.Cursor;
import allmende.engine.search.SearchRequest;
import allmende.engine.search.SearchRequest.Compartment;
import allmende.engine.search.SearchRequest.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Links to next pages. A link holds the search and the place to go on from, sealed (AES-GCM): addresses end in logs of
 * proxies, and a search may name a patient. Searches too long for an address are kept here, a bounded number of them.
 */
final class PageTokens {

    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /** Longer ones do not fit the header that Tomcat takes, with room for others. */
    private static final int LENGTH_MAX = 4_000;

    private static final int KEPT_MAX = 2_000;
    private static final int INFLATED_MAX = 8 << 20;
    private static final char KEPT = '.';

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> kept = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT_MAX;
        }
    });

    private PageTokens(byte[] secret) {
        this.key = new SecretKeySpec(secret, "AES");
    }

    /** With a key of its own: links are good as long as the program runs. */
    static PageTokens fresh() {
        byte[] secret = new byte[KEY];
        new SecureRandom().nextBytes(secret);
        return new PageTokens(secret);
    }

    /** What a link stands for. */
    record Page(SearchRequest request, Cursor cursor) {}

    String seal(Page page) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(deflated(FhirJson.write(json(page))));
            String token = text(ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array());
            if (token.length() <= LENGTH_MAX) {
                return token;
            }
            String name = KEPT + token.substring(token.length() - 40);
            kept.put(name, token);
            return name;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /**
     * What a link stands for.
     *
     * @throws FhirProblem 410 if it is none of this server, or too old
     */
    Page open(String written) {
        String token = written.charAt(0) == KEPT ? kept.get(written) : written;
        FhirProblem gone = FhirProblem.of(
                410, "expired", "This link to a page is not known here, or not any more. Begin the search anew.");
        if (token == null) {
            throw gone;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() <= NONCE) {
                throw gone;
            }
            byte[] nonce = new byte[NONCE];
            bytes.get(nonce);
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            return page(FhirJson.parse(inflated(cipher.doFinal(sealed))));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            throw gone;
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static ObjectNode json(Page page) {
        ObjectNode json = FhirJson.mapper().createObjectNode();
        SearchRequest request = page.request();
        json.put("type", request.type()).put("lenient", request.lenient());
        Compartment compartment = request.compartment();
        if (compartment != null) {
            json.putArray("compartment").add(compartment.type()).add(compartment.id());
        }
        ArrayNode parameters = json.putArray("parameters");
        request.parameters()
                .forEach(parameter -> parameters.add(parameter.name()).add(parameter.value()));
        Cursor cursor = page.cursor();
        json.putArray("at").add(cursor.t()).add(cursor.type()).add(cursor.rid()).add(cursor.total());
        return json;
    }

    private static Page page(JsonNode json) {
        List<Parameter> parameters = new ArrayList<>();
        JsonNode written = json.path("parameters");
        for (int i = 0; i + 1 < written.size(); i += 2) {
            parameters.add(new Parameter(
                    written.path(i).stringValue(""), written.path(i + 1).stringValue("")));
        }
        JsonNode inside = json.path("compartment");
        @Nullable
        Compartment compartment = inside.isArray()
                ? new Compartment(inside.path(0).stringValue(""), inside.path(1).stringValue(""))
                : null;
        JsonNode at = json.path("at");
        return new Page(
                new SearchRequest(
                        json.path("type").stringValue(null),
                        compartment,
                        parameters,
                        json.path("lenient").booleanValue(false)),
                new Cursor(
                        at.path(0).longValue(0),
                        at.path(1).stringValue(""),
                        at.path(2).longValue(0),
                        at.path(3).longValue(0)));
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] inflated(byte[] bytes) {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return inflater.readNBytes(INFLATED_MAX);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
