package allmende.app.identity;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks name and password. Whatever is wrong, the answer and the work are the same: an unknown name, a wrong password, an
 * account that is shut or has none; and a name that has to wait is told so in the same words.
 */
final class PasswordLogin implements AuthenticationProvider {

    private final Directory directory;
    private final PasswordEncoder encoder;
    private final Guard guard;
    private final AuditTrail audit;

    PasswordLogin(Directory directory, PasswordEncoder encoder, Guard guard, AuditTrail audit) {
        this.directory = directory;
        this.encoder = encoder;
        this.guard = guard;
        this.audit = audit;
    }

    /** Where names and hashes are looked up. */
    interface Directory {

        /** The account of this name with its hash, if it has one and may log in. */
        Optional<Entry> find(String name);

        /** Called with the entry whose password was right; what it returns is who is logged in. */
        SignedIn enter(Entry entry);

        /** What an account may do. */
        Collection<Role> roles(SignedIn person);
    }

    /** Counts wrong passwords. */
    interface Guard {

        /** Whether the name or the address has to wait. */
        boolean closed(String name, String address);

        /** Notes a wrong password. */
        void failed(String name, String address);

        /** Forgets the wrong passwords for a name. */
        void reset(String name);
    }

    /** A name and the hash of its password. */
    record Entry(String name, String hash) {}

    @Override
    public Authentication authenticate(Authentication attempt) {
        String name = attempt.getName().strip().toLowerCase(Locale.ROOT);
        String password = Objects.toString(attempt.getCredentials(), "");
        String address = attempt.getDetails() instanceof WebAuthenticationDetails details
                ? Objects.requireNonNullElse(details.getRemoteAddress(), "")
                : "";
        if (guard.closed(name, address)) {
            throw refused();
        }
        Optional<Entry> entry = directory.find(name);
        boolean right = encoder.matches(password, entry.map(Entry::hash).orElse(PasswordHashes.NOBODYS));
        if (entry.isEmpty() || !right) {
            guard.failed(name, address);
            if (entry.isPresent() && guard.closed(name, address)) {
                audit.record(AuditEvent.of(AuditEvent.SYSTEM, "login.delayed", "account:" + name));
            }
            throw refused();
        }
        guard.reset(name);
        return authenticated(directory.enter(entry.get()), attempt.getDetails());
    }

    private Authentication authenticated(SignedIn person, @Nullable Object details) {
        List<SimpleGrantedAuthority> authorities = directory.roles(person).stream()
                .map(role -> new SimpleGrantedAuthority(role.authority()))
                .toList();
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(person, null, authorities);
        token.setDetails(details);
        return token;
    }

    private static BadCredentialsException refused() {
        return new BadCredentialsException("Name or password is wrong, or the name has to wait");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
