package allmende.app.consent;

import allmende.core.consent.ConsentExplanation;
import allmende.core.consent.ConsentExplanation.Declaration;
import allmende.core.consent.ConsentExplanation.PolicyAnswer;
import allmende.core.consent.ConsentExplanation.Step;
import allmende.core.consent.ConsentWords;
import allmende.core.consent.DayIntervals;
import allmende.core.consent.Policy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A patient's consent as the page shows it: sentences in the reader's language, and bars over the years. */
final class ConsentView {

    /** Width of the picture of years, in its own units. */
    private static final int WIDTH = 600;

    private static final int YEARS_BEFORE = 2;
    private static final int YEARS_AFTER = 6;

    private final ConsentExplanation explained;
    private final ConsentWords words;
    private final LocalDate first;
    private final LocalDate last;

    ConsentView(ConsentExplanation explained, ConsentWords words) {
        this.explained = explained;
        this.words = words;
        LocalDate earliest = explained.day();
        for (Declaration declaration : explained.declarations()) {
            LocalDate from = declaration.from();
            earliest = from != null && from.isBefore(earliest) ? from : earliest;
        }
        this.first = LocalDate.of(earliest.getYear() - YEARS_BEFORE, 1, 1);
        this.last = LocalDate.of(explained.day().getYear() + YEARS_AFTER, 1, 1);
    }

    /** Whether anything may be used for research. */
    public boolean usable() {
        return explained.refusal().isEmpty();
    }

    /** The answer in one sentence. */
    public String answer() {
        return words.answer(explained);
    }

    /** The evaluation day. */
    public String day() {
        return words.day(explained.day());
    }

    /** A Consent in words. */
    public record DeclarationLine(
            String date, String consent, String kind, int permits, int denials, List<String> remarks) {}

    /** The declarations in order. */
    public List<DeclarationLine> declarations() {
        return explained.declarations().stream()
                .map(one -> new DeclarationLine(
                        words.declared(one.from(), one.until()),
                        one.consent(),
                        words.kind(one),
                        one.permits(),
                        one.denials(),
                        one.remarks().stream()
                                .map(remark ->
                                        remark.path() + ": " + remark.reason().text(words.language()))
                                .distinct()
                                .toList()))
                .toList();
    }

    /** A step in words. */
    public record StepLine(String type, String period, String place, String effect, boolean decides) {}

    /** A policy in words. */
    public record PolicyLine(int number, String name, boolean permitted, String answer, List<StepLine> steps) {}

    /** The policies by number. */
    public List<PolicyLine> policies() {
        return explained.policies().stream()
                .map(one -> new PolicyLine(
                        one.policy().number(),
                        one.policy().name(words.language()),
                        one.permitted(),
                        words.permitted(one.permitted()),
                        one.steps().stream().map(step -> line(step, one)).toList()))
                .toList();
    }

    private StepLine line(Step step, PolicyAnswer answer) {
        return new StepLine(
                words.type(step),
                words.period(step.from(), step.until()),
                "Consent/" + step.consent() + " " + step.path(),
                words.effect(step, answer.deciding()),
                step.equals(answer.deciding()));
    }

    /** A stretch of the picture. */
    public record Bar(long x, long width) {}

    /**
     * A row of the picture.
     *
     * @param policy number of a policy
     * @param text the stretches in words
     */
    public record Row(int policy, String name, String text, List<Bar> bars) {}

    /** When collecting and use are permitted, over the years around. */
    public List<Row> rows() {
        return explained.policies().stream()
                .filter(one -> one.policy().number() == Policy.COLLECT
                        || one.policy().number() == Policy.USE
                        || one.policy().number() == Policy.RETRO_STORE)
                .map(one -> new Row(
                        one.policy().number(),
                        one.policy().name(words.language()),
                        one.days().isEmpty() ? words.permitted(false) : words.days(one.days()),
                        bars(one.days())))
                .toList();
    }

    private List<Bar> bars(DayIntervals days) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            long from = x(days.from(i));
            long until = x(days.until(i) + 1L);
            if (until > from) {
                bars.add(new Bar(from, until - from));
            }
        }
        return bars;
    }

    private long x(long day) {
        long begin = first.toEpochDay();
        long end = last.toEpochDay();
        return (Math.clamp(day, begin, end) - begin) * WIDTH / (end - begin);
    }

    /** Where the evaluation day lies in the picture. */
    public long today() {
        return x(explained.day().toEpochDay());
    }

    /** The first year of the picture. */
    public int firstYear() {
        return first.getYear();
    }

    /** The year in whose beginning the picture ends. */
    public int lastYear() {
        return last.getYear();
    }
}
