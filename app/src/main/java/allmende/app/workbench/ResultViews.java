package allmende.app.workbench;

import allmende.app.portal.Ask;
import allmende.app.portal.Question;
import allmende.app.portal.SiteResult;
import allmende.app.workbench.ResultView.AgeBand;
import allmende.app.workbench.ResultView.AgeCell;
import allmende.app.workbench.ResultView.Step;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.disclosure.CountryAnswer;
import allmende.core.disclosure.CountryAnswer.Breakdown;
import allmende.core.disclosure.CountryAnswer.Figure;
import allmende.core.disclosure.CountryAnswer.Kind;
import allmende.core.document.CohortDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws answers. */
final class ResultViews {

    private static final double HUNDRED = 100.0;
    private static final double BAR_MIN = 0.4;

    private final Desk desk;
    private final Readings readings;
    private final Results results;

    ResultViews(Desk desk, Readings readings, Results results) {
        this.desk = desk;
        this.readings = readings;
        this.results = results;
    }

    ResultView draw(Question question, Ask ask, Words words) {
        List<SiteResult> sites = results.sites(ask);
        CountryAnswer country = results.country(sites);
        Sheet sheet = desk.sheet(question, cohort(ask), words.locale());
        SiteLines lines = new SiteLines(sheet, words);
        int pending = country.kinds().getOrDefault(Kind.PENDING, 0);
        Figure total = country.total();
        return new ResultView(
                question.id(),
                ask.number(),
                question.name(),
                words.at(ask.asked()),
                results.name(ask.account()),
                ask.version(),
                words.decimal(ask.epsilon()),
                AskViews.figure(total, words),
                total instanceof Figure.Sum sum ? words.number(sum.value()) : null,
                total instanceof Figure.Sum sum ? words.number(sum.plusMinus()) : null,
                total instanceof Figure.Sum sum ? range(sum, words) : null,
                total instanceof Figure.Sum sum && sum.unseen() > 0
                        ? words.say("workbench.result.unseen", words.number(sum.unseen()))
                        : null,
                pending,
                (int) sites.stream().filter(site -> site.at() != null).count(),
                words.say(
                        "workbench.result.progress",
                        ask.sites().size() - pending,
                        ask.sites().size()),
                breakdown(country.breakdown(), words),
                reading(sheet, words.locale()),
                lines.of(sites, country.sites()),
                total instanceof Figure.Sum ? funnel(sheet, country, words) : List.of(),
                ages(country, words));
    }

    /** What was asked. */
    static CohortDocument cohort(Ask ask) {
        return switch (CohortDocument.read(ask.cohort().getBytes(StandardCharsets.UTF_8))) {
            case CohortDocument.Read.Readable readable -> readable.document();
            case CohortDocument.Read.Unreadable unreadable ->
                throw new IllegalStateException("a question that was asked can't be read: " + unreadable.problem());
        };
    }

    private String reading(Sheet sheet, Locale locale) {
        CohortQuery query = sheet.query();
        return query == null
                ? ""
                : readings.sentence(sheet, query, locale).stream()
                        .map(EditorView.PartView::text)
                        .collect(Collectors.joining());
    }

    private static String range(Figure.Sum sum, Words words) {
        return words.say(
                "workbench.result.range",
                words.number(Math.max(0, sum.value() - sum.plusMinus())),
                words.number(sum.value() + sum.plusMinus()));
    }

    private @Nullable String breakdown(Breakdown breakdown, Words words) {
        return switch (breakdown) {
            case SHOWN -> null;
            case TOO_FEW_SITES ->
                words.say("workbench.result.breakdown.few", results.rules().breakdownFromSites());
            case TOTAL_HIDDEN -> words.say("workbench.result.breakdown.hidden");
        };
    }

    private static List<Step> funnel(Sheet sheet, CountryAnswer country, Words words) {
        CohortQuery query = sheet.query();
        if (query == null) {
            return List.of();
        }
        long widest = Stream.concat(country.inclusion().stream(), country.exclusion().stream())
                .mapToLong(ResultViews::value)
                .max()
                .orElse(0);
        FilterTexts texts = new FilterTexts(sheet.catalogue(), words, sheet.displays()::of);
        List<Step> steps = new ArrayList<>();
        add(steps, query.inclusion(), country.inclusion(), new Row(false, widest, texts, words));
        add(steps, query.exclusion(), country.exclusion(), new Row(true, widest, texts, words));
        return steps;
    }

    /** How rows of one side are written. */
    private record Row(boolean exclusion, long widest, FilterTexts texts, Words words) {

        String label(List<Criterion> group) {
            String join = " " + words.say(exclusion ? "workbench.and" : "workbench.or") + " ";
            return group.stream().map(texts::title).distinct().collect(Collectors.joining(join));
        }
    }

    private static void add(List<Step> steps, List<List<Criterion>> groups, List<Figure> figures, Row row) {
        for (int i = 0; i < Math.min(groups.size(), figures.size()); i++) {
            Figure figure = figures.get(i);
            steps.add(new Step(
                    row.exclusion(),
                    row.label(groups.get(i)),
                    AskViews.figure(figure, row.words()),
                    figure instanceof Figure.Sum sum ? (Long) sum.value() : null,
                    width(value(figure), row.widest())));
        }
    }

    private static long value(Figure figure) {
        return figure instanceof Figure.Sum sum ? sum.value() : 0;
    }

    private static String width(long value, long widest) {
        if (value == 0 || widest == 0) {
            return "0%";
        }
        return String.format(Locale.ROOT, "%.2f%%", Math.clamp(HUNDRED * value / widest, BAR_MIN, HUNDRED));
    }

    private static List<AgeBand> ages(CountryAnswer country, Words words) {
        long widest = country.distribution().stream()
                .mapToLong(cell -> value(cell.patients()))
                .max()
                .orElse(0);
        Map<String, List<AgeCell>> bands = new LinkedHashMap<>();
        for (CountryAnswer.Cell cell : country.distribution()) {
            bands.computeIfAbsent(band(cell, words), band -> new ArrayList<>())
                    .add(new AgeCell(
                            words.say("workbench.sex." + cell.sex()),
                            cell.sex(),
                            AskViews.figure(cell.patients(), words),
                            cell.patients() instanceof Figure.Sum sum ? (Long) sum.value() : null,
                            width(value(cell.patients()), widest)));
        }
        return bands.entrySet().stream()
                .map(band -> new AgeBand(band.getKey(), band.getValue()))
                .toList();
    }

    private static String band(CountryAnswer.Cell cell, Words words) {
        Integer last = cell.ageTo();
        if (last == null) {
            return cell.ageFrom() == 0
                    ? words.say("workbench.age.all")
                    : words.say("workbench.age.from", cell.ageFrom());
        }
        return cell.ageFrom() + "–" + last;
    }
}
