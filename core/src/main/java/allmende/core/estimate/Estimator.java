package allmende.core.estimate;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Feature;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.estimate.Estimate.Code;
import allmende.core.estimate.Estimate.Note;
import allmende.core.terminology.Units;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Estimates counts from published statistics, without asking anybody. docs/implementation/estimates.md says how and how well.
 * Thread-safe.
 */
public final class Estimator {

    private final Units units = new Units();

    /** Pairs by term of each site's newest publication. */
    private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();

    private record Prepared(PublishedStatistics statistics, Lifts lifts) {}

    /**
     * Estimates the cohort at each site and in all. Ages are those at publication.
     *
     * @param statistics the newest publication of each site, by site id
     */
    public Estimate estimate(CohortQuery query, Map<String, PublishedStatistics> statistics) {
        Set<Note> notes = new LinkedHashSet<>();
        if (statistics.isEmpty()) {
            notes.add(new Note(Code.NO_STATISTICS, "", ""));
        }
        Map<String, Estimate.Site> sites = new LinkedHashMap<>();
        statistics.forEach((site, published) -> sites.put(site, site(query, site, published, notes)));
        return new Estimate(
                sites.values().stream().mapToLong(Estimate.Site::low).sum(),
                sites.values().stream().mapToLong(Estimate.Site::likely).sum(),
                sites.values().stream().mapToLong(Estimate.Site::high).sum(),
                sites,
                List.copyOf(notes));
    }

    private Estimate.Site site(CohortQuery query, String site, PublishedStatistics published, Set<Note> notes) {
        for (Feature feature : query.features()) {
            if (!published.features().contains(feature.name())) {
                notes.add(new Note(Code.EXTENSION_NOT_UNDERSTOOD, site, ""));
                return new Estimate.Site(0, 0, 0);
            }
        }
        return new SiteEstimator(published, lifts(site, published), units, new Notes(site, notes)).estimate(query);
    }

    @SuppressWarnings("ReferenceEquality") // to compare two publications number by number takes longer than an estimate
    private Lifts lifts(String site, PublishedStatistics published) {
        Prepared known = prepared.get(site);
        if (known != null && known.statistics() == published) {
            return known.lifts();
        }
        Lifts made = new Lifts(published);
        prepared.put(site, new Prepared(published, made));
        return made;
    }
}
