package allmende.core.estimate;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.terminology.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Estimates at one site: within a stratum of age and sex, criteria are taken to be independent, corrected where it is
 * published how often two terms meet; the bounds are those that hold whatever the dependence (Fréchet), widened by what
 * noise and rounding may do.
 */
final class SiteEstimator {

    private final Population population;
    private final CriterionEstimate criteria;
    private final Lifts lifts;

    SiteEstimator(PublishedStatistics statistics, Lifts lifts, Units units, Notes notes) {
        this.population = new Population(statistics);
        this.criteria = new CriterionEstimate(statistics, population, units, notes);
        this.lifts = lifts;
    }

    Estimate.Site estimate(CohortQuery query) {
        double[] remaining = new double[Population.CELLS];
        for (int cell = 0; cell < remaining.length; cell++) {
            remaining[cell] = population.cell(cell);
        }
        double low = population.all();
        double high = population.all();
        List<List<Leaf>> groups = query.inclusion().stream().map(this::leaves).toList();
        for (int i = 0; i < groups.size(); i++) {
            Portion group = any(groups.get(i), groups.subList(0, i));
            for (int cell = 0; cell < remaining.length; cell++) {
                remaining[cell] *= group.share()[cell];
            }
            low = Math.max(0, low + group.low() - population.all());
            high = Math.min(high, Math.min(group.high(), pairs(groups, i)));
        }
        for (List<Criterion> group : query.exclusion()) {
            Portion excluded = all(group, groups);
            for (int cell = 0; cell < remaining.length; cell++) {
                remaining[cell] *= 1 - excluded.share()[cell];
            }
            low = Math.max(0, low - excluded.high());
            high = Math.min(high, population.all() - excluded.low());
        }
        return site(remaining, low, high);
    }

    private List<Leaf> leaves(List<Criterion> group) {
        return group.stream()
                .flatMap(criterion -> criteria.leaves(criterion).stream())
                .toList();
    }

    private Estimate.Site site(double[] remaining, double low, double high) {
        double likely = 0;
        for (double patients : remaining) {
            likely += patients;
        }
        long most = Math.max(0, Math.min((long) Math.ceil(high), (long) population.all()));
        long least = Math.min(most, Math.max(0, (long) Math.floor(low)));
        return new Estimate.Site(least, Math.clamp(Math.round(likely), least, most), most);
    }

    /**
     * An OR; {@code before} are the groups that its patients are in as well. Who has one of the codes is likelier to have
     * the next one: as much as is published, else not.
     */
    private Portion any(List<Leaf> group, List<List<Leaf>> before) {
        double[] share = new double[Population.CELLS];
        double low = 0;
        double high = 0;
        for (int i = 0; i < group.size(); i++) {
            Leaf leaf = group.get(i);
            double lift = lifts.joining(leaf.term(), before);
            double overlap = group.subList(0, i).stream()
                    .mapToDouble(other -> lifts.overlap(leaf.term(), other.term()))
                    .max()
                    .orElse(0);
            for (int cell = 0; cell < share.length; cell++) {
                double joining = Math.min(1, leaf.portion().share()[cell] * lift);
                share[cell] = Math.min(1, share[cell] + joining * (1 - Math.max(share[cell], overlap)));
            }
            low = Math.max(low, leaf.portion().low());
            high = Math.min(population.all(), high + leaf.portion().high());
        }
        return new Portion(share, low, high);
    }

    /** An AND that is taken away from those in the included groups. */
    private Portion all(List<Criterion> group, List<List<Leaf>> included) {
        double[] share = new double[Population.CELLS];
        Arrays.fill(share, 1);
        double low = population.all();
        double high = population.all();
        List<List<Leaf>> before = new ArrayList<>();
        for (Criterion criterion : group) {
            List<Leaf> leaves = criteria.leaves(criterion);
            Portion portion = any(leaves, before);
            double lift = leaves.stream()
                    .mapToDouble(leaf -> lifts.leaving(leaf.term(), included))
                    .min()
                    .orElse(1);
            for (int cell = 0; cell < share.length; cell++) {
                share[cell] *= Math.min(1, portion.share()[cell] * lift);
            }
            low = Math.max(0, low + portion.low() - population.all());
            high = Math.min(high, portion.high());
            before.add(leaves);
        }
        return new Portion(share, low, high);
    }

    /** What the published pairs of this group and earlier ones allow at most, where each is a single code. */
    private double pairs(List<List<Leaf>> groups, int last) {
        double most = population.all();
        for (int i = 0; i < last; i++) {
            if (groups.get(i).size() == 1 && groups.get(last).size() == 1) {
                Double both = lifts.both(
                        groups.get(i).getFirst().term(),
                        groups.get(last).getFirst().term());
                if (both != null) {
                    most = Math.min(most, both + 2 * Population.SLACK);
                }
            }
        }
        return most;
    }
}
