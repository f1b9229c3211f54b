package allmende.app.identity;

import allmende.app.audit.Access;
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
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before every door over FHIR: turns away who may not, and everybody while accesses can't be noted. What a door decides by
 * itself comes after.
 */
final class FhirGate extends OncePerRequestFilter {

    private static final String ROOT = "/fhir";
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,40}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

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
            note(caller, method, path);
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

    /** Who was turned away, and from what: what could not be the name of a type or an id is left out. */
    private void note(Caller caller, String method, List<String> path) {
        boolean typed = !path.isEmpty() && TYPE.matcher(path.getFirst()).matches();
        String type = typed ? path.getFirst() : null;
        String id = typed && path.size() > 1 && ID.matcher(path.get(1)).matches() ? path.get(1) : null;
        Access.Action action =
                switch (method) {
                    case "PUT" -> Access.Action.UPDATE;
                    case "PATCH" -> Access.Action.PATCH;
                    case "DELETE" -> Access.Action.DELETE;
                    case "POST" -> id == null && path.size() == 1 ? Access.Action.CREATE : Access.Action.SEARCH;
                    default -> id == null ? Access.Action.SEARCH : Access.Action.READ;
                };
        try {
            log.record(Access.by(caller.who(), action)
                    .on(type, id)
                    .of(Access.Patients.one("Patient".equals(type) ? id : null))
                    .answered(HttpServletResponse.SC_FORBIDDEN));
        } catch (AccessLogUnavailable e) {
            // Nothing was given out; the program's log tells that the access log is in trouble.
            return;
        }
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
