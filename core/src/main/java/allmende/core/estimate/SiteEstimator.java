package allmende.core.estimate;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.terminology.Units;
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
        List<List<Criterion>> groups = query.inclusion();
        for (int i = 0; i < groups.size(); i++) {
            Joined group = any(groups.get(i), groups.subList(0, i));
            for (int cell = 0; cell < remaining.length; cell++) {
                remaining[cell] *= group.share()[cell];
            }
            low = Math.max(0, low + group.low() - population.all());
            high = Math.min(high, Math.min(group.high(), pairs(groups, i)));
        }
        for (List<Criterion> group : query.exclusion()) {
            Joined excluded = all(group, query.inclusion());
            for (int cell = 0; cell < remaining.length; cell++) {
                remaining[cell] *= 1 - excluded.share()[cell];
            }
            low = Math.max(0, low - excluded.high());
            high = Math.min(high, population.all() - excluded.low());
        }
        return site(remaining, low, high);
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

    /** Shares of those who remain, and bounds by themselves. */
    private record Joined(double[] share, double low, double high) {}

    /** An OR; {@code before} are the groups that its patients are in as well. */
    private Joined any(List<Criterion> group, List<List<Criterion>> before) {
        Portion union = Portion.nobody();
        double[] share = new double[Population.CELLS];
        for (Criterion criterion : group) {
            Portion portion = criteria.of(criterion);
            union = union.or(portion, population);
            double lift = lifts.joining(criterion, before);
            for (int cell = 0; cell < share.length; cell++) {
                share[cell] = 1 - (1 - share[cell]) * (1 - Math.min(1, portion.share()[cell] * lift));
            }
        }
        return new Joined(share, union.low(), union.high());
    }

    /** An AND that is taken away from those in the included groups. */
    private Joined all(List<Criterion> group, List<List<Criterion>> included) {
        double[] share = new double[Population.CELLS];
        java.util.Arrays.fill(share, 1);
        double low = population.all();
        double high = population.all();
        for (int i = 0; i < group.size(); i++) {
            Portion portion = criteria.of(group.get(i));
            List<List<Criterion>> alone =
                    group.subList(0, i).stream().map(List::of).toList();
            double lift = Math.max(lifts.leaving(group.get(i), included), i == 0 ? 0 : lifts.joining(group.get(i), alone));
            for (int cell = 0; cell < share.length; cell++) {
                share[cell] *= Math.min(1, portion.share()[cell] * lift);
            }
            low = Math.max(0, low + portion.low() - population.all());
            high = Math.min(high, portion.high());
        }
        return new Joined(share, low, high);
    }

    /** What the published pairs of this group and earlier ones allow at most, where each is a single criterion. */
    private double pairs(List<List<Criterion>> groups, int last) {
        double most = population.all();
        for (int i = 0; i < last; i++) {
            if (groups.get(i).size() == 1 && groups.get(last).size() == 1) {
                Double both =
                        lifts.both(groups.get(i).getFirst(), groups.get(last).getFirst());
                if (both != null) {
                    most = Math.min(most, both + 2 * Population.SLACK);
                }
            }
        }
        return most;
    }
}
