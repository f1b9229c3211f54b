package allmende.app.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds how often one address may try to log in, to register or to get a token; most tries cost the server a slow hash. */
final class LoginRate extends OncePerRequestFilter {

    private static final int TOO_MANY_REQUESTS = 429;

    private final Map<String, RateLimit> limits = Map.of(
            "/auth/token", new RateLimit(300, Duration.ofMinutes(1), InstantSource.system()),
            "/login", new RateLimit(60, Duration.ofMinutes(1), InstantSource.system()),
            "/register", new RateLimit(20, Duration.ofHours(1), InstantSource.system()));

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RateLimit limit = "POST".equals(request.getMethod()) ? limits.get(request.getServletPath()) : null;
        long wait = limit == null ? 0 : limit.secondsToWait(request.getRemoteAddr());
        if (wait > 0) {
            response.setHeader("Retry-After", Long.toString(wait));
            response.sendError(TOO_MANY_REQUESTS);
            return;
        }
        chain.doFilter(request, response);
    }
}
