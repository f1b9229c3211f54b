package allmende.app.identity;

import allmende.app.audit.AccessLog;
import allmende.app.audit.AccessLogUnavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before every door over FHIR: turns away who may not, and everybody while accesses can't be noted. What a door decides by
 * itself comes after.
 */
final class FhirGate extends OncePerRequestFilter {

    private static final String ROOT = "/fhir";

    private final AccessLog log;

    FhirGate(AccessLog log) {
        this.log = log;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> path = path(request);
        if (FhirRules.isPublic(path)) {
            chain.doFilter(request, response);
            return;
        }
        Caller caller = Callers.current();
        String method = "HEAD".equals(request.getMethod()) ? "GET" : request.getMethod();
        Optional<String> refusal = FhirRules.refusal(caller, method, path, parameters(request));
        if (refusal.isPresent()) {
            if (caller.kind() == Caller.Kind.MACHINE) {
                response.setHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
            }
            FhirRefusal.write(response, HttpServletResponse.SC_FORBIDDEN, "forbidden", refusal.get());
            return;
        }
        try {
            log.require();
        } catch (AccessLogUnavailable e) {
            FhirRefusal.write(
                    response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "transient", AccessLogUnavailable.SENTENCE);
            return;
        }
        chain.doFilter(request, response);
    }

    private static List<String> path(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return Arrays.stream(
                        path.substring(Math.min(path.length(), ROOT.length())).split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** Of the address alone: the body of a form is the door's to read. */
    private static List<String> parameters(HttpServletRequest request) {
        List<String> names = new ArrayList<>();
        String query = request.getQueryString();
        if (query != null) {
            for (String pair : query.split("&")) {
                int end = pair.indexOf('=');
                names.add(decoded(end < 0 ? pair : pair.substring(0, end)));
            }
        }
        return names;
    }

    /** What can't be decoded is no name that anybody may use. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
