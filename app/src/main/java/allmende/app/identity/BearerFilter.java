package allmende.app.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in programs that show an access token of the provider, made for this portal and for a person who has logged in by a
 * browser before. A token that is none, has expired or is for somebody else lets nobody in, and its holder is told so.
 */
final class BearerFilter extends OncePerRequestFilter {

    private static final String PREFIX = "Bearer ";
    private static final String WAIT_SECONDS = "30";

    private static final Chains.Problem INVALID = unauthorised(
            "This token does not open the portal: it has expired, was made for somebody else, or does not come from the"
                    + " portal's provider. Get a new one there.",
            "Dieses Token öffnet das Portal nicht: Es ist abgelaufen, für jemand anderen bestimmt oder nicht vom"
                    + " Anmeldedienst des Portals. Dort ein neues holen.");
    private static final Chains.Problem UNKNOWN = unauthorised(
            "The person of this token has no open account here. Log in to the portal with a browser first.",
            "Die Person dieses Tokens hat hier kein offenes Konto. Zuerst im Browser am Portal anmelden.");
    private static final Chains.Problem AWAY = new Chains.Problem(
            HttpServletResponse.SC_SERVICE_UNAVAILABLE,
            "Service Unavailable",
            "The portal's login provider can't be reached, so the token can't be checked. Try again later, or log in with"
                    + " name and password.",
            "Der Anmeldedienst des Portals ist nicht erreichbar, das Token kann nicht geprüft werden. Später noch einmal"
                    + " versuchen oder mit Namen und Kennwort anmelden.");

    private final OidcRegistration registration;
    private final Accounts accounts;

    BearerFilter(OidcRegistration registration, Accounts accounts) {
        this.registration = registration;
        this.accounts = accounts;
    }

    private static Chains.Problem unauthorised(String english, String german) {
        return new Chains.Problem(HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized", english, german);
    }

    /** What a token is good for. */
    private sealed interface Check {

        record Holder(Account account) implements Check {}

        record Refused(Chains.Problem problem) implements Check {}
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header == null
                || !header.startsWith(PREFIX)
                || SecurityContextHolder.getContext().getAuthentication() != null) {
            chain.doFilter(request, response);
            return;
        }
        switch (check(header.substring(PREFIX.length()).strip())) {
            case Check.Holder(Account account) -> {
                enter(account);
                chain.doFilter(request, response);
            }
            case Check.Refused(Chains.Problem problem) -> {
                if (problem.status() == AWAY.status()) {
                    response.setHeader("Retry-After", WAIT_SECONDS);
                } else {
                    response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
                }
                Chains.write(request, response, problem);
            }
        }
    }

    private Check check(String token) {
        try {
            Jwt jwt = registration.accessTokens().decode(token);
            String subject = jwt.getSubject();
            if (!isForUs(jwt) || subject == null) {
                return new Check.Refused(INVALID);
            }
            return accounts.ofSubject(registration.provider().issuer().toString(), subject)
                    .filter(account -> !account.locked())
                    .<Check>map(Check.Holder::new)
                    .orElse(new Check.Refused(UNKNOWN));
        } catch (ProviderTrouble e) {
            return new Check.Refused(AWAY);
        } catch (JwtException e) {
            return new Check.Refused(OidcFailures.fault(e) == ProviderFault.AWAY ? AWAY : INVALID);
        }
    }

    /** Providers that put other names into the audience say in azp for which program a token was made. */
    private boolean isForUs(Jwt jwt) {
        String us = registration.provider().clientId();
        return Objects.requireNonNullElse(jwt.getAudience(), List.<String>of()).contains(us)
                || us.equals(jwt.getClaimAsString("azp"));
    }

    private void enter(Account account) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(
                        account.id(),
                        account.name(),
                        accounts.patient(account.id()).orElse(null)),
                null,
                account.roles().stream()
                        .map(role -> new SimpleGrantedAuthority(role.authority()))
                        .toList()));
        SecurityContextHolder.setContext(context);
    }
}
