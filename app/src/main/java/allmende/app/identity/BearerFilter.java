package allmende.app.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in programs that show an access token of the provider, made for this portal and for a person who has logged in by a
 * browser before. A token that is none, has expired or is for somebody else lets nobody in.
 */
final class BearerFilter extends OncePerRequestFilter {

    private static final String PREFIX = "Bearer ";

    private final OidcProvider provider;
    private final Accounts accounts;
    private volatile @Nullable JwtDecoder decoder;

    BearerFilter(OidcProvider provider, Accounts accounts) {
        this.provider = provider;
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null
                && header.startsWith(PREFIX)
                && SecurityContextHolder.getContext().getAuthentication() == null) {
            account(header.substring(PREFIX.length())).ifPresent(BearerFilter::enter);
        }
        chain.doFilter(request, response);
    }

    private Optional<Account> account(String token) {
        try {
            Jwt jwt = decoder().decode(token);
            boolean ours = Objects.requireNonNullElse(jwt.getAudience(), List.<String>of())
                            .contains(provider.clientId())
                    || provider.clientId().equals(jwt.getClaimAsString("azp"));
            if (!ours || jwt.getSubject() == null) {
                return Optional.empty();
            }
            return accounts.ofSubject(provider.issuer().toString(), jwt.getSubject())
                    .filter(account -> !account.locked());
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private JwtDecoder decoder() {
        JwtDecoder known = decoder;
        if (known == null) {
            known = JwtDecoders.fromOidcIssuerLocation(provider.issuer().toString());
            decoder = known;
        }
        return known;
    }

    private static void enter(Account account) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(account.id(), account.name()),
                null,
                account.roles().stream()
                        .map(role -> new SimpleGrantedAuthority(role.authority()))
                        .toList()));
        SecurityContextHolder.setContext(context);
    }
}
