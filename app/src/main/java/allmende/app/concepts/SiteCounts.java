package allmende.app.concepts;

import allmende.core.disclosure.PublishedStatistics;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all sites together have published for each concept. Each site counts its patients once per concept. */
final class SiteCounts {

    /** No site has published anything. */
    static final SiteCounts NONE = new SiteCounts();

    /** Patients summed over the sites, the number of sites, and a text from the sites' data where they gave one. */
    record Count(long patients, int sites, String display) {

        Count and(Count other) {
            return new Count(
                    patients + other.patients, sites + other.sites, display.isEmpty() ? other.display : display);
        }
    }

    /** A concept in a context. */
    record Place(String context, Coding coding) {}

    private final Map<Place, Count> counts = new LinkedHashMap<>();

    private SiteCounts() {}

    static SiteCounts of(Map<String, PublishedStatistics> bySite) {
        SiteCounts all = new SiteCounts();
        bySite.values().forEach(all::add);
        return all;
    }

    private void add(PublishedStatistics site) {
        Map<Place, Count> here = new HashMap<>();
        site.contexts().forEach((context, has) -> has.concepts().forEach((coding, concept) -> {
            String display = concept.display() == null ? "" : concept.display();
            // a site that names a code by both URIs of a system counts once, with the larger number
            here.merge(
                    new Place(context, Terminology.canonical(coding)),
                    new Count(concept.patients(), 1, display),
                    (one, other) -> one.patients() >= other.patients() ? one : other);
        }));
        here.forEach((place, count) -> {
            if (count.patients() > 0) {
                counts.merge(place, count, Count::and);
            }
        });
    }

    Map<Place, Count> all() {
        return counts;
    }
}
