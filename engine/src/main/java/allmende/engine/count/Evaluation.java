package allmende.engine.count;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.Funnel;
import allmende.engine.index.FactPattern;
import allmende.engine.index.IndexSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/** Evaluates one query in one snapshot: (OR) AND (OR) … minus (AND) minus (AND) …, on sets of existing patients. */
final class Evaluation {

    private record Outcome(Funnel funnel, RoaringBitmap cohort) {}

    private final IndexSnapshot snapshot;
    private final Filters filters;
    private final RoaringBitmap existing;
    private final Map<FactPattern, RoaringBitmap> evaluated = new HashMap<>();

    Evaluation(IndexSnapshot snapshot, Filters filters) {
        this.snapshot = snapshot;
        this.filters = filters;
        this.existing = snapshot.patients();
    }

    CountAnswer answer(CohortQuery query) {
        return answer(evaluate(query));
    }

    private CountAnswer answer(Outcome outcome) {
        return new CountAnswer(outcome.funnel().count(), snapshot.t(), outcome.funnel(), filters.notes());
    }

    CohortReport report(CohortQuery query, Distribution distribution) {
        Outcome outcome = evaluate(query);
        return new CohortReport(answer(outcome), distribution.of(outcome.cohort()));
    }

    RoaringBitmap cohort(CohortQuery query) {
        return evaluate(query).cohort();
    }

    private Outcome evaluate(CohortQuery query) {
        RoaringBitmap remaining = existing.clone();
        List<Funnel.Step> inclusion = new ArrayList<>();
        for (List<Criterion> group : query.inclusion()) {
            RoaringBitmap any = new RoaringBitmap();
            group.forEach(criterion -> any.or(patients(criterion)));
            remaining.and(any);
            inclusion.add(step(group, any, remaining));
        }
        List<Funnel.Step> exclusion = new ArrayList<>();
        for (List<Criterion> group : query.exclusion()) {
            RoaringBitmap all = existing.clone();
            group.forEach(criterion -> all.and(patients(criterion)));
            remaining.andNot(all);
            exclusion.add(step(group, all, remaining));
        }
        return new Outcome(new Funnel(inclusion, exclusion, remaining.getLongCardinality()), remaining);
    }

    private Funnel.Step step(List<Criterion> group, RoaringBitmap matching, RoaringBitmap remaining) {
        List<Funnel.Leaf> leaves = group.stream()
                .map(criterion -> new Funnel.Leaf(
                        criterion.display(),
                        criterion.pointer(),
                        patients(criterion).getLongCardinality()))
                .toList();
        return new Funnel.Step(leaves, matching.getLongCardinality(), remaining.getLongCardinality());
    }

    /** Existing patients who meet the criterion; equal patterns are looked up once. Not to be changed. */
    private RoaringBitmap patients(Criterion criterion) {
        return evaluated.computeIfAbsent(filters.pattern(criterion), pattern -> {
            RoaringBitmap matching = snapshot.matching(pattern);
            matching.and(existing);
            return matching;
        });
    }
}
