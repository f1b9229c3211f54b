package allmende.app.identity;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Tells who makes the present request. */
public final class Callers {

    /** Authority of everybody at a site without login. */
    static final String OPEN = "OPEN";

    private Callers() {}

    /** A principal that knows the one patient whom it may see. */
    interface OfPatient {

        /** Id of the patient; null where the principal is tied to none. */
        @Nullable
        String patient();
    }

    /** Who makes the present request; to be asked on the request's own thread. */
    public static Caller current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    static Caller of(@Nullable Authentication authentication) {
        if (authentication == null) {
            return caller("nobody", Caller.Kind.NOBODY, "");
        }
        String address = address(authentication);
        if (authentication.getPrincipal() instanceof MachineToken machine) {
            return new Caller(
                    machine.client(), Caller.Kind.MACHINE, Set.of(), machine.scopes(), null, machine.address());
        }
        if (has(authentication, Chains.OPERATOR)) {
            return caller("this-machine", Caller.Kind.THIS_MACHINE, address);
        }
        if (authentication instanceof AnonymousAuthenticationToken) {
            return has(authentication, OPEN)
                    ? caller("open", Caller.Kind.OPEN, address)
                    : caller("nobody", Caller.Kind.NOBODY, address);
        }
        return new Caller(
                authentication.getName(),
                Caller.Kind.PERSON,
                roles(authentication),
                Set.of(),
                patient(authentication),
                address);
    }

    private static Caller caller(String name, Caller.Kind kind, String address) {
        return new Caller(name, kind, Set.of(), Set.of(), null, address);
    }

    /** Who may read everybody's data is not held to their own. */
    private static @Nullable String patient(Authentication authentication) {
        boolean all = SiteRights.of(roles(authentication)).contains(SiteRights.READ_DATA);
        return !all && authentication.getPrincipal() instanceof OfPatient holder ? holder.patient() : null;
    }

    private static Set<Role> roles(Authentication authentication) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (has(authentication, role.authority())) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static boolean has(Authentication authentication, String authority) {
        return authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(authority::equals);
    }

    private static String address(Authentication authentication) {
        return authentication.getDetails() instanceof WebAuthenticationDetails details
                        && details.getRemoteAddress() != null
                ? details.getRemoteAddress()
                : "";
    }
}
