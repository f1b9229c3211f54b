package allmende.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.RequestCache;

/** Enters a fresh login into the register of sessions and leads to the page that was wanted, else to one's desk. */
final class LoggedIn implements AuthenticationSuccessHandler {

    private final Sessions sessions;
    private final RequestCache wanted;
    private final List<Desk> desks;
    private final LongConsumer noted;

    /**
     * A handler.
     *
     * @param desks who belongs where; of several the first counts
     * @param noted gets the number of the account
     */
    LoggedIn(Sessions sessions, RequestCache wanted, List<Desk> desks, LongConsumer noted) {
        this.sessions = sessions;
        this.wanted = wanted;
        this.desks = List.copyOf(desks);
        this.noted = noted;
    }

    RequestCache wanted() {
        return wanted;
    }

    /** Where the people of a role work. */
    record Desk(Role role, String path) {}

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        if (authentication.getPrincipal() instanceof HasAccount holder) {
            HttpSession session = request.getSession();
            sessions.begin(
                    session.getId(),
                    authentication.getName(),
                    request.getRemoteAddr(),
                    request.getHeader("User-Agent"));
            noted.accept(holder.account());
        }
        String page = asked(request, response)
                .orElseGet(() -> request.getContextPath() + desk(authentication.getAuthorities().stream()));
        response.sendRedirect(page);
    }

    /** Path and query of the page that was asked for; never a host, which whoever made the request could have made up. */
    private Optional<String> asked(HttpServletRequest request, HttpServletResponse response) {
        if (!(wanted.getRequest(request, response) instanceof DefaultSavedRequest saved)) {
            return Optional.empty();
        }
        wanted.removeRequest(request, response);
        String path = saved.getRequestURI();
        String query = saved.getQueryString();
        if (path == null || !isLocal(path)) {
            return Optional.empty();
        }
        return Optional.of(query == null ? path : path + "?" + query);
    }

    /** Whether a browser takes this for a path here, and not for the beginning of another host's address. */
    static boolean isLocal(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }

    private String desk(Stream<? extends GrantedAuthority> authorities) {
        List<String> names = authorities
                .map(GrantedAuthority::getAuthority)
                .map(String::valueOf)
                .toList();
        return desks.stream()
                .filter(desk -> names.contains(desk.role().authority()))
                .map(Desk::path)
                .findFirst()
                .orElse("/");
    }

    /** Takes the session out of the register at a logout. */
    static LogoutHandler leaving(Sessions sessions) {
        return (request, response, authentication) -> {
            HttpSession session = request.getSession(false);
            if (session != null) {
                sessions.end(session.getId());
            }
        };
    }
}
