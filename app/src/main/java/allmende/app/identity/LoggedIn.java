package allmende.app.identity;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/** Enters a fresh login into the register of sessions and leads to the page that was wanted, else to the beginning. */
final class LoggedIn extends SavedRequestAwareAuthenticationSuccessHandler {

    private final Sessions sessions;
    private final LongConsumer noted;

    /** {@code noted} gets the number of the account. */
    LoggedIn(Sessions sessions, LongConsumer noted) {
        this.sessions = sessions;
        this.noted = noted;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws ServletException, IOException {
        if (authentication.getPrincipal() instanceof HasAccount holder) {
            HttpSession session = request.getSession();
            sessions.begin(
                    session.getId(),
                    authentication.getName(),
                    request.getRemoteAddr(),
                    request.getHeader("User-Agent"));
            noted.accept(holder.account());
        }
        super.onAuthenticationSuccess(request, response, authentication);
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
