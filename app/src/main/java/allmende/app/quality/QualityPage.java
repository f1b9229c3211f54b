package allmende.app.quality;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.MessageSource;

/** Puts the figures of a day together as the page shows them: by area, then by rule, then by module and source. */
final class QualityPage {

    private static final int RULES_MAX = 50;
    private static final int PLACES_MAX = 20;
    private static final int CHART_WIDTH = 600;
    private static final int CHART_HEIGHT = 90;
    private static final int CHART_GAP = 4;

    private final RuleBook book;
    private final MessageSource messages;
    private final Locale locale;

    QualityPage(RuleBook book, MessageSource messages, Locale locale) {
        this.book = book;
        this.messages = messages;
        this.locale = locale;
    }

    /** Where a rule was broken, and how often. */
    record Place(String module, String source, long affected, long checked, String share) {}

    /**
     * A rule with all places in which it was broken.
     *
     * @param more how many places are left out
     */
    record Broken(
            String rule,
            String title,
            String severity,
            long affected,
            long checked,
            String share,
            List<Place> places,
            int more) {}

    /**
     * A part of the page.
     *
     * @param more how many rules are left out
     */
    record Part(String area, long affected, List<Broken> rules, int more, List<Bar> bars, long highest) {}

    /** A bar of a chart, in its own measure. */
    record Bar(int x, int y, int width, int height, String day, long affected) {}

    /**
     * What was looked at altogether.
     *
     * @param ruled resources that were checked by rules
     * @param validated resources that were held against profiles
     * @param errors of these, how many have errors
     * @param unchecked of these, how many have a code that could not be checked
     */
    record Sums(long ruled, long validated, long errors, long unchecked) {}

    static Sums sums(List<Figure> figures) {
        long ruled = 0;
        long validated = 0;
        long errors = 0;
        long unchecked = 0;
        for (Figure figure : figures) {
            boolean whole = figure.rule().isEmpty();
            ruled += whole && figure.stream().equals(Streams.RULES) ? figure.checked() : 0;
            validated += whole && figure.stream().equals(Streams.VALIDATION) ? figure.checked() : 0;
            errors += whole && figure.stream().equals(Streams.VALIDATION) ? figure.affected() : 0;
            unchecked += figure.rule().equals(Figure.NOT_CHECKED) ? figure.affected() : 0;
        }
        return new Sums(ruled, validated, errors, unchecked);
    }

    static Set<String> modules(List<Figure> figures) {
        Set<String> modules = new TreeSet<>();
        figures.forEach(figure -> modules.add(figure.module()));
        return modules;
    }

    static Set<String> sources(List<Figure> figures) {
        Set<String> sources = new TreeSet<>();
        figures.forEach(figure -> sources.add(figure.source()));
        return sources;
    }

    Part part(Area area, List<Figure> figures, List<QualityReport.Day> days) {
        Map<String, List<Figure>> byRule = new LinkedHashMap<>();
        figures.stream()
                .filter(figure -> figure.area().equals(area.written()))
                .forEach(figure -> byRule.computeIfAbsent(
                                figure.rule() + " " + figure.severity(), key -> new ArrayList<>())
                        .add(figure));
        List<Broken> rules = byRule.values().stream()
                .map(this::broken)
                .sorted((one, other) -> {
                    int errorsFirst = one.severity().compareTo(other.severity());
                    return errorsFirst != 0 ? errorsFirst : Long.compare(other.affected(), one.affected());
                })
                .toList();
        long highest = Math.max(
                1, days.stream().mapToLong(QualityReport.Day::affected).max().orElse(1));
        return new Part(
                area.written(),
                rules.stream().mapToLong(Broken::affected).sum(),
                rules.stream().limit(RULES_MAX).toList(),
                Math.max(0, rules.size() - RULES_MAX),
                days.size() > 1 ? bars(days, highest) : List.of(),
                highest);
    }

    private Broken broken(List<Figure> figures) {
        Figure first = figures.getFirst();
        long affected = figures.stream().mapToLong(Figure::affected).sum();
        long checked = figures.stream().mapToLong(Figure::checked).sum();
        return new Broken(
                first.rule(),
                title(first.rule()),
                first.severity(),
                affected,
                checked,
                share(affected, checked),
                figures.stream()
                        .limit(PLACES_MAX)
                        .map(one -> new Place(
                                one.module(),
                                one.source(),
                                one.affected(),
                                one.checked(),
                                share(one.affected(), one.checked())))
                        .toList(),
                Math.max(0, figures.size() - PLACES_MAX));
    }

    /** In percent; what is more than nothing is never told as nothing. */
    private String share(long affected, long checked) {
        double percent = checked == 0 ? 0 : 100.0 * affected / checked;
        return affected > 0 && percent < 0.1
                ? String.format(locale, "< %.1f %%", 0.1)
                : String.format(locale, "%.1f %%", percent);
    }

    private List<Bar> bars(List<QualityReport.Day> days, long highest) {
        List<Bar> bars = new ArrayList<>();
        int step = CHART_WIDTH / days.size();
        for (int i = 0; i < days.size(); i++) {
            QualityReport.Day one = days.get(i);
            int height = (int) Math.max(1, one.affected() * CHART_HEIGHT / highest);
            bars.add(new Bar(
                    i * step, CHART_HEIGHT - height, step - CHART_GAP, height, date(one.day()), one.affected()));
        }
        return bars;
    }

    /** A day as people write it. */
    String date(LocalDate day) {
        return DateTimeFormatter.ofPattern(messages.getMessage("quality.date", null, "yyyy-MM-dd", locale), locale)
                .format(day);
    }

    /** Rules have titles in both languages; the commonest of the validator's, too; others go by its own name for them. */
    public String title(String rule) {
        String fallback = messages.getMessage("quality.code.other", new Object[] {rule}, rule, locale);
        String known = messages.getMessage("quality.code." + rule, null, fallback, locale);
        return book.find(rule)
                .map(found -> locale.getLanguage().equals("de") ? found.german() : found.english())
                .orElse(known == null ? rule : known);
    }
}
