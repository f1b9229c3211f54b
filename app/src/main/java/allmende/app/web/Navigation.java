package allmende.app.web;

import allmende.app.identity.Party;
import allmende.app.identity.Role;
import allmende.app.identity.SiteRights;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where one can go, by the kind of party and by what one may do. */
final class Navigation {

    private static final List<Place> PORTAL = List.of(
            new Place("/workbench", "nav.workbench", Set.of(Role.RESEARCHER, Role.ADMIN)),
            new Place("/concepts", "nav.concepts", Set.of(Role.RESEARCHER, Role.ADMIN)),
            new Place("/team", "nav.team", Set.of(Role.RESEARCHER)),
            new Place("/coordination", "nav.coordination", Set.of(Role.COORDINATION)),
            new Place("/admin", "nav.admin", Set.of(Role.ADMIN)));
    private static final List<Place> SITE = List.of(
            new Place("/", "nav.questions", rolesWith(SiteRights.COUNT)),
            new Place("/site", "nav.site", rolesWith(SiteRights.DESK)),
            new Place("/projects", "nav.projects", rolesWith(SiteRights.PROJECTS)),
            new Place("/subjects", "nav.subjects", rolesWith(SiteRights.SUBJECTS)),
            new Place("/quality", "nav.quality", rolesWith(SiteRights.QUALITY)),
            new Place("/pseudonyms", "nav.pseudonyms", rolesWith(SiteRights.PSEUDONYM_DOMAINS)),
            new Place("/consent", "nav.consent", rolesWith(SiteRights.CONSENT)),
            new Place("/audit", "nav.accesses", rolesWith(SiteRights.ACCESS_LOG)),
            new Place("/my-data", "nav.own", rolesWith(SiteRights.READ_OWN_DATA)));
    /** What a site shows to who has not logged in; the pages themselves say whether that is needed. */
    private static final List<String> SITE_WITHOUT_LOGIN = List.of("/", "/site");

    private Navigation() {}

    private record Place(String path, String message, Set<Role> roles) {

        private boolean opensFor(List<String> authorities) {
            boolean nobody = authorities.stream().noneMatch(Navigation::isRole);
            return (nobody && SITE_WITHOUT_LOGIN.contains(path))
                    || roles.stream().map(Role::authority).anyMatch(authorities::contains);
        }

        private boolean holds(String path) {
            return path.equals(this.path)
                    || path.startsWith(this.path + "/")
                    || (this.path.equals("/") && path.equals("/query"))
                    || (this.path.equals("/") && path.startsWith("/questions/"));
        }
    }

    private static Set<Role> rolesWith(SiteRights right) {
        return Role.atSite().stream()
                .filter(role -> SiteRights.of(Set.of(role)).contains(right))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isRole(String authority) {
        return Arrays.stream(Role.values()).map(Role::authority).anyMatch(authority::equals);
    }

    /**
     * One entry.
     *
     * @param message key of its name
     * @param current whether the page is in it
     */
    record Entry(String path, String message, boolean current) {}

    /** The entries for somebody with these authorities who looks at this path. */
    static List<Entry> of(Party.Kind kind, List<String> authorities, String path) {
        List<Place> places =
                switch (kind) {
                    case PORTAL -> PORTAL;
                    case SITE -> SITE;
                };
        String here = places.stream()
                .filter(place -> place.holds(path))
                .map(Place::path)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        return places.stream()
                .filter(place -> place.opensFor(authorities))
                .map(place ->
                        new Entry(place.path(), place.message(), place.path().equals(here)))
                .toList();
    }
}
