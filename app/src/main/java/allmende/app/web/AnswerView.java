package allmende.app.web;

import allmende.app.feasibility.Counted;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemText;
import allmende.engine.count.CountAnswer;
import java.util.List;
import java.util.Locale;
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
 * @param notes remarks on places of the query, in the page's language
 * @param problems why it can't be answered, in the page's language
 * @param refusal name of the message why it was not counted although it may be answerable; null for none
 */
record AnswerView(
        String query,
        @Nullable FunnelView funnel,
        long count,
        long t,
        long millis,
        List<String> notes,
        List<ProblemView> problems,
        @Nullable String refusal) {

    /**
     * A problem at its place.
     *
     * @param line line of the text, from 1; 0 where unknown
     * @param excerpt that line, without its indent
     */
    record ProblemView(String pointer, String message, int line, String excerpt) {}

    static AnswerView of(String query, Counted counted, long patients, Locale locale) {
        return switch (counted) {
            case Counted.Answered answered -> answered(query, answered, patients, locale);
            case Counted.Invalid invalid -> invalid(query, invalid.problems(), locale);
            case Counted.TooLarge tooLarge -> refused(query, "answer.too-large");
            case Counted.Busy busy -> refused(query, "answer.busy");
            case Counted.TimedOut timedOut -> refused(query, "answer.timed-out");
            case Counted.Unavailable unavailable -> refused(query, "answer.unavailable");
        };
    }

    private static AnswerView answered(String query, Counted.Answered answered, long patients, Locale locale) {
        CountAnswer answer = answered.answer();
        return new AnswerView(
                query,
                FunnelView.of(answer.funnel(), patients),
                answer.count(),
                answer.t(),
                Math.max(1, answered.took().toMillis()),
                answer.notes().stream()
                        .map(note -> ProblemText.of(note.code(), note.arguments(), note.message(), locale))
                        .toList(),
                List.of(),
                null);
    }

    private static AnswerView refused(String query, String message) {
        return new AnswerView(query, null, 0, 0, 0, List.of(), List.of(), message);
    }

    private static AnswerView invalid(String query, List<Problem> problems, Locale locale) {
        PointerLines lines = PointerLines.of(query);
        List<String> text = query.lines().toList();
        List<ProblemView> views = problems.stream()
                .map(problem -> view(problem, lines, text, locale))
                .toList();
        return new AnswerView(query, null, 0, 0, 0, List.of(), views, null);
    }

    private static ProblemView view(Problem problem, PointerLines lines, List<String> text, Locale locale) {
        Optional<Integer> found = lines.line(problem.pointer());
        int line = found.orElse(lines.broken() ? lines.lastLine() : 0);
        String excerpt = line >= 1 && line <= text.size() ? text.get(line - 1).strip() : "";
        return new ProblemView(problem.pointer(), ProblemText.of(problem, locale), line, excerpt);
    }
}
