package allmende.app.web;

import allmende.app.feasibility.Counted;
import allmende.core.cohort.Problem;
import allmende.engine.count.CountAnswer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as the page shows it.
 *
 * @param query the query's text
 * @param funnel the funnel where it was counted, else null
 * @param count patients in the cohort
 * @param t snapshot
 * @param millis how long it took
 * @param notes remarks on places of the query
 * @param problems why it can't be answered
 * @param refusal name of the message why it was not counted although it may be answerable; null for none
 */
record AnswerView(
        String query,
        @Nullable FunnelView funnel,
        long count,
        long t,
        long millis,
        List<CountAnswer.Note> notes,
        List<ProblemView> problems,
        @Nullable String refusal) {

    /**
     * A problem at its place.
     *
     * @param line line of the text, from 1; 0 where unknown
     * @param excerpt that line, without its indent
     */
    record ProblemView(String pointer, String message, int line, String excerpt) {}

    static AnswerView of(String query, Counted counted, long patients) {
        return switch (counted) {
            case Counted.Answered answered -> answered(query, answered, patients);
            case Counted.Invalid invalid -> invalid(query, invalid.problems());
            case Counted.TooLarge tooLarge -> refused(query, "answer.too-large");
            case Counted.Busy busy -> refused(query, "answer.busy");
            case Counted.TimedOut timedOut -> refused(query, "answer.timed-out");
            case Counted.Unavailable unavailable -> refused(query, "answer.unavailable");
        };
    }

    private static AnswerView answered(String query, Counted.Answered answered, long patients) {
        CountAnswer answer = answered.answer();
        return new AnswerView(
                query,
                FunnelView.of(answer.funnel(), patients),
                answer.count(),
                answer.t(),
                Math.max(1, answered.took().toMillis()),
                answer.notes(),
                List.of(),
                null);
    }

    private static AnswerView refused(String query, String message) {
        return new AnswerView(query, null, 0, 0, 0, List.of(), List.of(), message);
    }

    private static AnswerView invalid(String query, List<Problem> problems) {
        PointerLines lines = PointerLines.of(query);
        List<String> text = query.lines().toList();
        List<ProblemView> views =
                problems.stream().map(problem -> view(problem, lines, text)).toList();
        return new AnswerView(query, null, 0, 0, 0, List.of(), views, null);
    }

    private static ProblemView view(Problem problem, PointerLines lines, List<String> text) {
        Optional<Integer> found = lines.line(problem.pointer());
        int line = found.orElse(lines.broken() ? lines.lastLine() : 0);
        String excerpt = line >= 1 && line <= text.size() ? text.get(line - 1).strip() : "";
        return new ProblemView(problem.pointer(), problem.message(), line, excerpt);
    }
}
