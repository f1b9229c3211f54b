package allmende.app.fhirapi;

import allmende.core.fhir.FhirJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A request to a FHIR door and the answer to it: negotiates the form, reads bodies within bounds, sends bytes. */
public final class Exchange {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final @Nullable XmlForm xml;
    private final FhirFormat format;
    private final boolean pretty;

    /**
     * Negotiates the form of the answer.
     *
     * @param xml turns resources into XML; null where nothing here does
     * @throws FhirProblem 406 if the caller accepts no form that is made here
     */
    public Exchange(HttpServletRequest request, HttpServletResponse response, @Nullable XmlForm xml) {
        this.request = request;
        this.response = response;
        this.xml = xml;
        FhirFormat wanted = FhirFormat.wanted(queryParameter("_format"), request.getHeader(HttpHeaders.ACCEPT));
        if (wanted == null || (wanted.isXml() && xml == null)) {
            throw FhirProblem.of(
                    406,
                    "not-supported",
                    xml == null
                            ? "Ask for application/fhir+json."
                            : "Ask for application/fhir+json or application/fhir+xml.");
        }
        this.format = wanted;
        this.pretty = "true".equals(queryParameter("_pretty"));
    }

    /** The request. */
    public HttpServletRequest request() {
        return request;
    }

    /** The answer. */
    public HttpServletResponse response() {
        return response;
    }

    /** The address of this FHIR server as the caller knows it: {@code https://site.example/fhir}. */
    public String base() {
        return base(request);
    }

    /** The same, of any request. */
    public static String base(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length()) + request.getContextPath() + "/fhir";
    }

    /** A parameter of the address, decoded; null where it is not there. The body is not touched. */
    public @Nullable String queryParameter(String name) {
        String query = request.getQueryString();
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decoded(pair.substring(0, equals)).equals(name)) {
                return decoded(pair.substring(equals + 1));
            }
        }
        return null;
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw FhirProblem.invalid("The address holds a percent sign that is followed by no two digits.");
        }
    }

    /** Whether resources can be sent as they are stored: JSON that nobody wants indented. */
    public boolean isPlain() {
        return !format.isXml() && !pretty;
    }

    /**
     * What the caller prefers: the value of {@code Prefer: name=value}, true for {@code Prefer: name}; null where it says
     * nothing.
     */
    public @Nullable String prefers(String name) {
        return preference(request, name);
    }

    /** As {@link #prefers}, of a request that has no exchange. */
    public static @Nullable String preference(HttpServletRequest request, String name) {
        var headers = request.getHeaders("Prefer");
        while (headers.hasMoreElements()) {
            for (String part : headers.nextElement().split("[,;]")) {
                String stripped = part.strip();
                int equals = stripped.indexOf('=');
                String key =
                        equals < 0 ? stripped : stripped.substring(0, equals).strip();
                if (key.equalsIgnoreCase(name)) {
                    return equals < 0 ? "true" : stripped.substring(equals + 1).strip();
                }
            }
        }
        return null;
    }

    /**
     * The body as JSON.
     *
     * @param max bytes
     * @throws FhirProblem 413 if it is larger, 415 if its form is not read here
     */
    public byte[] body(int max) throws IOException {
        FhirFormat sent = FhirFormat.sent(request.getContentType());
        if (sent == null || (sent.isXml() && xml == null)) {
            throw FhirProblem.of(415, "not-supported", "Send application/fhir+json.");
        }
        byte[] bytes = bytes(max);
        return sent.isXml() && xml != null ? xml.toJson(bytes) : bytes;
    }

    /** The body as it came, decompressed where it was compressed by gzip. */
    public byte[] bytes(int max) throws IOException {
        return bytes(request, max);
    }

    /** The same, of any request. */
    public static byte[] bytes(HttpServletRequest request, int max) throws IOException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean gzip = encoding != null && encoding.toLowerCase(Locale.ROOT).equals("gzip");
        if (encoding != null && !gzip && !encoding.equalsIgnoreCase("identity")) {
            throw FhirProblem.of(415, "not-supported", "Send the body as it is, or compressed by gzip.");
        }
        long length = request.getContentLengthLong();
        if (length > max) {
            throw tooLarge(max);
        }
        if (!gzip && length >= 0) {
            return request.getInputStream().readNBytes((int) length);
        }
        try (InputStream in = gzip ? new GZIPInputStream(request.getInputStream()) : request.getInputStream()) {
            byte[] bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw tooLarge(max);
            }
            return bytes;
        } catch (ZipException broken) {
            throw FhirProblem.invalid("The body is not compressed as its header says.");
        }
    }

    private static FhirProblem tooLarge(int max) {
        return FhirProblem.tooLarge("The body is larger than " + max + " bytes, the most that is taken here.");
    }

    /** Sends a resource. */
    public void send(int status, byte[] json) throws IOException {
        byte[] bytes = formed(json);
        response.setStatus(status);
        response.setContentType(format.contentType());
        response.setContentLength(bytes.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(bytes);
        }
    }

    /** Sends headers alone. */
    public void send(int status) {
        response.setStatus(status);
    }

    /** Begins an answer of plain JSON that is written piece by piece; only where {@link #isPlain}. */
    public OutputStream begin(int status) throws IOException {
        response.setStatus(status);
        response.setContentType(format.contentType());
        return response.getOutputStream();
    }

    private byte[] formed(byte[] json) {
        if (format.isXml() && xml != null) {
            return xml.toXml(json);
        }
        return pretty
                ? FhirJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(FhirJson.parse(json))
                : json;
    }
}
