package allmende.app.fhirapi;

import allmende.app.audit.AccessLogUnavailable;
import allmende.app.site.SiteUnavailable;
import allmende.engine.store.Deadline;
import allmende.engine.store.DeadlinePassed;
import allmende.engine.store.StoreUnavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where errors of the FHIR doors become OperationOutcomes, whoever raised them: a handler, the dispatcher that finds
 * none, or a filter before it. The log tells classes and lines, never messages, which may quote what was sent.
 */
final class FhirRim extends OncePerRequestFilter implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(FhirRim.class);
    private static final int FRAMES_MAX = 12;
    private static final int RETRY_SECONDS = 5;

    private final ObjectProvider<XmlForm> xml;
    private final Duration timeMax;

    FhirRim(ObjectProvider<XmlForm> xml, Duration timeMax) {
        this.xml = xml;
        this.timeMax = timeMax;
    }

    static boolean isFhir(HttpServletRequest request) {
        return isFhir(request.getRequestURI().substring(request.getContextPath().length()));
    }

    /** Data under the first; pseudonyms under the others. */
    private static boolean isFhir(String path) {
        return isBelow(path, "/fhir") || isBelow(path, "/pseudonyms/fhir") || isBelow(path, "/ttp-fhir");
    }

    private static boolean isBelow(String path, String root) {
        return path.startsWith(root)
                && (path.length() == root.length()
                        || path.charAt(root.length()) == '/'
                        || path.charAt(root.length()) == '?');
    }

    /** What the HTTP server refused before any filter comes by once more, to be told. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterNestedErrorDispatch(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        doFilterInternal(request, response, chain);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri && isFhir(uri)) {
            tell(request, response, ofStatus(response.getStatus()));
            return;
        }
        if (!isFhir(request)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            Deadline.<Exception>within(time(request), () -> chain.doFilter(request, new Told(request, response)));
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            tell(request, response, problem(e));
        } catch (IOException | ServletException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** What a request may take: less where the caller does not want to wait so long (RFC 7240, section 4.3). */
    private Duration time(HttpServletRequest request) {
        String wait = Exchange.preference(request, "wait");
        Duration wanted =
                wait != null && wait.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(wait)) : timeMax;
        return wanted.compareTo(timeMax) < 0 ? wanted : timeMax;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception ex) {
        if (!isFhir(request) || response.isCommitted() || ex instanceof IOException) {
            return null;
        }
        try {
            tell(request, response, problem(ex));
            return new ModelAndView();
        } catch (IOException gone) {
            return new ModelAndView();
        }
    }

    private static FhirProblem problem(Exception e) {
        return switch (e) {
            case FhirProblem problem -> problem;
            case DeadlinePassed _ -> FhirProblem.tooLong();
            case AccessLogUnavailable _ -> FhirProblem.later(AccessLogUnavailable.SENTENCE, RETRY_SECONDS);
            case SiteUnavailable away ->
                FhirProblem.later(String.valueOf(away.getMessage()) + " " + away.advice(), RETRY_SECONDS);
            // A form that Tomcat can't decode, found by whoever first asks for a parameter.
            case InvalidParameterException _ -> ofStatus(400);
            // A header that no HTTP allows, found by whoever first asks for it.
            case RequestRejectedException _ -> ofStatus(400);
            case StoreUnavailable away
            when away.code() != StoreUnavailable.Code.STATEMENT ->
                FhirProblem.later("The database can't be reached.", RETRY_SECONDS);
            case ErrorResponse error -> {
                FhirProblem plain = ofStatus(error.getStatusCode().value());
                String allow = error.getHeaders().getFirst("Allow");
                yield allow == null ? plain : plain.with("Allow", allow);
            }
            default -> {
                LOG.error("A FHIR request failed: {}", trace(e));
                yield ofStatus(500);
            }
        };
    }

    private static FhirProblem ofStatus(int status) {
        return new FhirProblem(status, List.of(Outcomes.ofStatus(status)));
    }

    /** Classes and places, no messages. */
    private static String trace(Throwable e) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : " caused by ")
                    .append(cause.getClass().getName());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES_MAX, frames.length); i++) {
                text.append(" at ").append(frames[i]);
            }
        }
        return text.toString();
    }

    private void tell(HttpServletRequest request, HttpServletResponse response, FhirProblem problem)
            throws IOException {
        String retained = response.getHeader("WWW-Authenticate");
        response.resetBuffer();
        if (retained != null) {
            response.setHeader("WWW-Authenticate", retained);
        }
        problem.headers().forEach(response::setHeader);
        response.setHeader("Cache-Control", "no-store");
        byte[] json = Outcomes.json(problem.issues());
        FhirFormat format = format(request);
        XmlForm form = xml.getIfAvailable();
        byte[] bytes = format.isXml() && form != null ? form.toXml(json) : json;
        response.setStatus(problem.status());
        response.setContentType((format.isXml() && form == null ? FhirFormat.FHIR_JSON : format).contentType());
        response.setContentLength(bytes.length);
        if (!request.getMethod().toUpperCase(Locale.ROOT).equals("HEAD")) {
            response.getOutputStream().write(bytes);
        }
    }

    private static FhirFormat format(HttpServletRequest request) {
        try {
            FhirFormat wanted = FhirFormat.wanted(null, request.getHeader("Accept"));
            return wanted == null ? FhirFormat.FHIR_JSON : wanted;
        } catch (RequestRejectedException unreadable) {
            return FhirFormat.FHIR_JSON;
        }
    }

    /** An answer whose errors without a body get one. */
    private final class Told extends HttpServletResponseWrapper {
        private final HttpServletRequest request;

        Told(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void sendError(int status) throws IOException {
            tell(request, (HttpServletResponse) getResponse(), ofStatus(status));
        }

        @Override
        public void sendError(int status, @Nullable String message) throws IOException {
            sendError(status);
        }
    }
}
