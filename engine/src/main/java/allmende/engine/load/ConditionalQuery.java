package allmende.engine.load;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A search for one resource by business identifier, the one kind of condition that a load understands.
 *
 * @param system empty: any
 */
record ConditionalQuery(String type, String system, String value) {

    private static final String IDENTIFIER = "identifier=";

    /**
     * Reads {@code identifier=system|value}, {@code identifier=value} or {@code identifier=|value}, percent-encoded or
     * not, with or without {@code Type?} or {@code ?} before it. Null for any other search.
     */
    static @Nullable ConditionalQuery parse(String type, String query) {
        String search = query.substring(query.indexOf('?') + 1);
        if (!search.startsWith(IDENTIFIER) || search.indexOf('&') >= 0 || search.indexOf('#') >= 0) {
            return null;
        }
        String token = decode(search.substring(IDENTIFIER.length()));
        if (token == null || token.indexOf(',') >= 0 || token.indexOf('\\') >= 0 || token.indexOf('\0') >= 0) {
            return null;
        }
        int bar = token.indexOf('|');
        String system = bar < 0 ? "" : token.substring(0, bar);
        String value = token.substring(bar + 1);
        return value.isEmpty() ? null : new ConditionalQuery(type, system, value);
    }

    /** The search as a reference: {@code Type?identifier=system|value}. */
    String literal() {
        String token = system.isEmpty() ? value : system + "|" + value;
        return type + "?" + IDENTIFIER
                + URLEncoder.encode(token, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static @Nullable String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }
}
