package allmende.core.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a site can answer a query. A site that has nothing of a context would answer nobody, or everybody where
 * the context is excluded; neither would be true.
 */
public final class Answerable {

    /** Every site knows its patients. */
    private static final String PERSON = "Patient";

    private final Set<String> contextsWithData;
    private final Set<Feature> understood;
    private final List<Problem> problems = new ArrayList<>();

    private Answerable(Set<String> contextsWithData, Set<Feature> understood) {
        this.contextsWithData = contextsWithData;
        this.understood = understood;
    }

    /**
     * Why a site can't answer the query; empty where it can. Criteria inside of reference filters and of extensions count.
     *
     * @param contextsWithData codes of the contexts of which the site has anything
     * @param understood what the site understands beyond CCDL
     */
    public static List<Problem> unanswerable(CohortQuery query, Set<String> contextsWithData, Set<Feature> understood) {
        Answerable answerable = new Answerable(contextsWithData, understood);
        query.inclusion().forEach(group -> group.forEach(answerable::check));
        query.exclusion().forEach(group -> group.forEach(answerable::check));
        return List.copyOf(answerable.problems);
    }

    private void check(Criterion criterion) {
        if (!criterion.context().equals(PERSON) && !contextsWithData.contains(criterion.context())) {
            problems.add(Problem.of(criterion.pointer(), ProblemCode.NO_DATA, criterion.context()));
        }
        for (Feature feature : criterion.extension().features()) {
            if (!understood.contains(feature)) {
                problems.add(notUnderstood(feature, criterion.pointer() + "/" + ExtensionReader.PROPERTY));
            }
        }
        for (AttributeFilter filter : criterion.attributes()) {
            if (filter instanceof AttributeFilter.OfReference(var _, List<Criterion> criteria)) {
                criteria.forEach(this::check);
            }
        }
        Within within = criterion.extension().within();
        if (within != null) {
            check(within.of());
        }
    }

    private static Problem notUnderstood(Feature feature, String extension) {
        return switch (feature) {
            case AT_LEAST -> Problem.of(extension + "/atLeast", ProblemCode.AT_LEAST_NOT_UNDERSTOOD);
            case POSITION -> Problem.of(extension + "/position", ProblemCode.POSITION_NOT_UNDERSTOOD);
            case WITHIN -> Problem.of(extension + "/within", ProblemCode.WITHIN_NOT_UNDERSTOOD);
        };
    }
}
