package allmende.engine.proof;

import allmende.core.cohort.Funnel;
import java.util.List;
import java.util.stream.Collectors;

/** Writes funnels as case files do: {@code include 3+2=4 leaves 4, exclude 1=1 leaves 3}. */
final class Funnels {

    private Funnels() {}

    static String write(Funnel funnel) {
        String steps = steps("include", funnel.inclusion());
        return funnel.exclusion().isEmpty() ? steps : steps + ", " + steps("exclude", funnel.exclusion());
    }

    private static String steps(String word, List<Funnel.Step> steps) {
        return steps.stream()
                .map(step -> word + " "
                        + step.criteria().stream()
                                .map(leaf -> Long.toString(leaf.count()))
                                .collect(Collectors.joining("+"))
                        + "=" + step.count() + " leaves " + step.remaining())
                .collect(Collectors.joining(", "));
    }
}
