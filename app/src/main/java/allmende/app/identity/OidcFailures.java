package allmende.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;

/** Leads back to the login page, which says what to do. The log says what went wrong, without anything of the person. */
final class OidcFailures implements AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OidcFailures.class);

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        ProviderFault fault = fault(failure);
        switch (fault) {
            case AWAY, SETTINGS, REFUSED -> LOG.warn("A login by the provider failed ({}): {}", fault, reason(failure));
            case CANCELLED, STALE, SHUT -> LOG.debug("A login by the provider came to nothing ({})", fault);
        }
        response.sendRedirect(request.getContextPath() + "/login?error=" + fault.key());
    }

    static ProviderFault fault(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderTrouble trouble) {
                return trouble.fault();
            }
            if (cause instanceof IOException || cause instanceof HttpServerErrorException) {
                return ProviderFault.AWAY;
            }
            if (cause instanceof HttpClientErrorException.Unauthorized) {
                return ProviderFault.SETTINGS;
            }
        }
        return failure instanceof OAuth2AuthenticationException refused
                ? byCode(refused.getError().getErrorCode())
                : ProviderFault.REFUSED;
    }

    private static ProviderFault byCode(String code) {
        return switch (code) {
            case OidcLogin.SHUT -> ProviderFault.SHUT;
            case "access_denied", "login_required", "interaction_required", "consent_required" ->
                ProviderFault.CANCELLED;
            case "authorization_request_not_found", "invalid_state_parameter", "invalid_grant" -> ProviderFault.STALE;
            case "temporarily_unavailable", "server_error" -> ProviderFault.AWAY;
            case "invalid_client", "unauthorized_client", "invalid_scope", "client_registration_not_found" ->
                ProviderFault.SETTINGS;
            default -> ProviderFault.REFUSED;
        };
    }

    /** Ours in full; of others' only the code, since their sentences may quote claims. */
    private static String reason(AuthenticationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderTrouble trouble) {
                return String.valueOf(trouble.getMessage());
            }
        }
        return failure instanceof OAuth2AuthenticationException refused
                ? refused.getError().getErrorCode()
                : failure.getClass().getSimpleName();
    }
}
