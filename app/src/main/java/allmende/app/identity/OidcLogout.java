package allmende.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;

/**
 * Leads to the provider's end of session, so that the next person at the same computer is not logged in by one click. A
 * provider whose end of session lies at another origin is left alone: the browser would not let a form lead there.
 */
final class OidcLogout extends OidcClientInitiatedLogoutSuccessHandler {

    static final String AFTER = "/login?out";

    private final String origin;

    OidcLogout(OidcRegistration registration) {
        super(registration);
        origin = origin(registration.provider());
        setPostLogoutRedirectUri(registration.provider().base() + AFTER);
        setDefaultTargetUrl(AFTER);
    }

    /** Where the provider lives: scheme, host and port. */
    static String origin(OidcProvider provider) {
        URI issuer = provider.issuer();
        return issuer.getScheme() + "://" + issuer.getRawAuthority();
    }

    @Override
    protected String determineTargetUrl(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        String target = super.determineTargetUrl(request, response, authentication);
        return target.startsWith("/") || target.startsWith(origin + "/") ? target : AFTER;
    }
}
