package allmende.app.web;

import allmende.app.identity.Access;
import allmende.app.identity.Party;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame around every page shows: whose page it is, who is logged in, where one can go, the languages. */
@ControllerAdvice
class LayoutModel {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final Access access;
    private final Party party;

    LayoutModel(Access access, ObjectProvider<Party> party) {
        this.access = access;
        this.party = party.getIfAvailable(() -> new Party(Party.Kind.SITE, "", null));
    }

    @ModelAttribute("open")
    boolean open() {
        return access == Access.OPEN;
    }

    @ModelAttribute("user")
    @Nullable
    String user(@Nullable Principal principal) {
        return principal == null ? null : principal.getName();
    }

    @ModelAttribute("party")
    Party party() {
        return party;
    }

    /** The zone in which pages show times. */
    @ModelAttribute("zone")
    ZoneId zone() {
        return ZONE;
    }

    @ModelAttribute("nav")
    List<Navigation.Entry> nav(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        List<String> authorities = authentication == null
                ? List.of()
                : authentication.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .filter(Objects::nonNull)
                        .toList();
        return Navigation.of(party.kind(), authorities, wanted(request));
    }

    @ModelAttribute("languages")
    LanguageLinks languages(HttpServletRequest request) {
        return LanguageLinks.of(wanted(request), query(request));
    }

    /** The path that the browser asked for, also where the answer is an error page. */
    private static String wanted(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed instanceof String uri ? uri : request.getRequestURI();
    }

    private static @Nullable String query(HttpServletRequest request) {
        return request.getDispatcherType() == jakarta.servlet.DispatcherType.ERROR
                ? (String) request.getAttribute(RequestDispatcher.ERROR_QUERY_STRING)
                : request.getQueryString();
    }
}
