package allmende.app.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in machines that show a token of this site. A token that is none lets nobody in, not even where others need no
 * login: its holder is told to get a new one.
 */
final class MachineFilter extends OncePerRequestFilter {

    private static final String PREFIX = "Bearer ";
    private static final Chains.Problem INVALID = new Chains.Problem(
            HttpServletResponse.SC_UNAUTHORIZED,
            "Unauthorized",
            "This token is not known here or has expired. Get a new one at the token address, which"
                    + " /fhir/.well-known/smart-configuration names.",
            "Dieses Token ist hier nicht bekannt oder abgelaufen. Ein neues gibt es an der Token-Adresse, die"
                    + " /fhir/.well-known/smart-configuration nennt.");

    private final AccessTokens tokens;
    private final boolean others;

    /** {@code others} says whether a later filter knows tokens of other makers. */
    MachineFilter(AccessTokens tokens, boolean others) {
        this.tokens = tokens;
        this.others = others;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
        if (!bearer || SecurityContextHolder.getContext().getAuthentication() != null) {
            chain.doFilter(request, response);
            return;
        }
        String token = header.substring(PREFIX.length()).strip();
        Optional<MachineToken> holder = tokens.holder(token, request.getRemoteAddr());
        if (holder.isPresent()) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(holder.get(), null, List.of()));
            SecurityContextHolder.setContext(context);
            chain.doFilter(request, response);
        } else if (others && !token.startsWith(AccessTokens.PREFIX)) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            Chains.write(request, response, INVALID);
        }
    }
}
