package allmende.core.cohort;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A CCDL query: {@code inclusion} is an AND of ORs, {@code exclusion} is an OR of ANDs that is taken away. Set algebra
 * on patients; all filters of one criterion must hold on the same resource.
 *
 * @param inclusion at least one group, each with at least one criterion
 * @param exclusion groups, each with at least one criterion; may be empty
 */
public record CohortQuery(List<List<Criterion>> inclusion, List<List<Criterion>> exclusion) {

    public CohortQuery {
        inclusion = inclusion.stream().map(List::copyOf).toList();
        exclusion = exclusion.stream().map(List::copyOf).toList();
    }

    /** What the query asks beyond CCDL, in any of its criteria. */
    public Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        Stream.of(inclusion, exclusion)
                .flatMap(List::stream)
                .flatMap(List::stream)
                .forEach(criterion -> features.addAll(criterion.extension().features()));
        return features;
    }
}
