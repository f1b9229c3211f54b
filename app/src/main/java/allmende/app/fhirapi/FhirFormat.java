package allmende.app.fhirapi;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms in which resources are told. */
enum FhirFormat {
    FHIR_JSON("application/fhir+json"),
    JSON("application/json"),
    FHIR_XML("application/fhir+xml"),
    XML("application/xml");

    private static final List<String> JSON_NAMES = List.of("json", "application/json", "text/json");
    private static final List<String> FHIR_JSON_NAMES = List.of(
            "application/fhir+json", "application/json+fhir", "*/*", "application/*", "text/html", "text/plain");
    private static final List<String> XML_NAMES = List.of("xml", "application/xml", "text/xml");
    private static final List<String> FHIR_XML_NAMES = List.of("application/fhir+xml", "application/xml+fhir");

    private final String mediaType;

    FhirFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    boolean isXml() {
        return this == FHIR_XML || this == XML;
    }

    /** As it is written in {@code Content-Type}. */
    String contentType() {
        return mediaType + ";charset=utf-8";
    }

    /** What the caller wants; null where that is none of these. */
    static @Nullable FhirFormat wanted(@Nullable String parameter, @Nullable String accept) {
        if (parameter != null) {
            // a plus sign in a query is a space to those who decode it
            return named(parameter.strip().replace(' ', '+'));
        }
        if (accept == null || accept.isBlank()) {
            return FHIR_JSON;
        }
        FhirFormat best = null;
        double bestQuality = 0;
        for (String range : accept.split(",")) {
            FhirFormat format = named(range);
            double quality = quality(range);
            if (format != null && quality > bestQuality) {
                best = format;
                bestQuality = quality;
            }
        }
        return best;
    }

    /** The form of a body by its {@code Content-Type}; null where that is none of these. */
    static @Nullable FhirFormat sent(@Nullable String contentType) {
        return contentType == null || contentType.isBlank() ? FHIR_JSON : named(contentType);
    }

    private static @Nullable FhirFormat named(String text) {
        int semicolon = text.indexOf(';');
        String name =
                (semicolon < 0 ? text : text.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        if (FHIR_JSON_NAMES.contains(name)) {
            return FHIR_JSON;
        }
        if (JSON_NAMES.contains(name)) {
            return JSON;
        }
        if (FHIR_XML_NAMES.contains(name)) {
            return FHIR_XML;
        }
        return XML_NAMES.contains(name) ? XML : null;
    }

    private static double quality(String range) {
        for (String part : range.split(";")) {
            String stripped = part.strip();
            if (stripped.startsWith("q=")) {
                try {
                    return Double.parseDouble(stripped.substring(2));
                } catch (NumberFormatException notOne) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
