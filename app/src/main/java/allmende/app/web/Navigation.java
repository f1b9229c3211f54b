package allmende.app.web;

import allmende.app.identity.Party;
import allmende.app.identity.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Where one can go, by the kind of party and by what one may do. */
final class Navigation {

    private static final List<Place> PORTAL = List.of(
            new Place("/workbench", "nav.workbench", Set.of(Role.RESEARCHER, Role.ADMIN)),
            new Place("/concepts", "nav.concepts", Set.of(Role.RESEARCHER, Role.ADMIN)),
            new Place("/team", "nav.team", Set.of(Role.RESEARCHER)),
            new Place("/coordination", "nav.coordination", Set.of(Role.COORDINATION)),
            new Place("/admin", "nav.admin", Set.of(Role.ADMIN)));
    private static final List<Place> SITE =
            List.of(new Place("/", "nav.questions", Set.of()), new Place("/site", "nav.site", Set.of()));

    private Navigation() {}

    private record Place(String path, String message, Set<Role> roles) {

        private boolean opensFor(List<String> authorities) {
            return roles.isEmpty() || roles.stream().map(Role::authority).anyMatch(authorities::contains);
        }

        private boolean holds(String path) {
            return path.equals(this.path)
                    || path.startsWith(this.path + "/")
                    || (this.path.equals("/") && path.equals("/query"))
                    || (this.path.equals("/") && path.startsWith("/questions/"));
        }
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
