package allmende.app.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns away who shows a session that has ended: by its owner, by an administrator, by idleness or by age. */
final class SessionFilter extends OncePerRequestFilter {

    private final Sessions sessions;
    private final RequestCache wanted;

    /** {@code wanted} keeps the page that was asked for, to be led back to. */
    SessionFilter(Sessions sessions, RequestCache wanted) {
        this.sessions = sessions;
        this.wanted = wanted;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        boolean loggedIn = authentication != null && authentication.getPrincipal() instanceof HasAccount;
        if (session != null && loggedIn && !sessions.use(session.getId())) {
            session.invalidate();
            SecurityContextHolder.clearContext();
            if (request.getHeader("HX-Request") != null) {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                return;
            }
            wanted.saveRequest(request, response);
            response.sendRedirect(request.getContextPath() + "/login?ended");
            return;
        }
        chain.doFilter(request, response);
    }
}
