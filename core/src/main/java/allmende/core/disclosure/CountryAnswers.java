package allmende.core.disclosure;

import allmende.core.disclosure.CountryAnswer.Breakdown;
import allmende.core.disclosure.CountryAnswer.Figure;
import allmende.core.disclosure.CountryAnswer.Kind;
import allmende.core.disclosure.CountryAnswer.Line;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the sites' answers together under the portal's rules. Pure. */
public final class CountryAnswers {

    private final PortalRules rules;

    /** Under these rules. */
    public CountryAnswers(PortalRules rules) {
        this.rules = rules;
    }

    /** The portal's view of what has come so far. */
    public CountryAnswer of(List<SiteReply> replies) {
        List<CountReport> reports = replies.stream()
                .map(SiteReply::answer)
                .map(answer -> answer instanceof SiteAnswer.Counted(CountReport report) ? report : null)
                .filter(Objects::nonNull)
                .toList();
        CountrySum sum = new CountrySum();
        reports.forEach(report -> sum.add(report.total()));
        Figure total = sum.figure(rules.totalHiddenBelow());
        Breakdown breakdown = breakdown(total, sum.counted());
        List<Line> lines = replies.stream().map(reply -> line(reply, breakdown)).toList();
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        lines.forEach(line -> kinds.merge(line.kind(), 1, Integer::sum));
        boolean shown = total instanceof Figure.Sum;
        return new CountryAnswer(
                total,
                shown ? steps(reports, CountReport::inclusion) : List.of(),
                shown ? steps(reports, CountReport::exclusion) : List.of(),
                shown ? new CountryCells(rules.totalHiddenBelow()).of(reports) : List.of(),
                breakdown,
                lines,
                kinds);
    }

    private Breakdown breakdown(Figure total, int counted) {
        if (counted < rules.breakdownFromSites()) {
            return Breakdown.TOO_FEW_SITES;
        }
        return total instanceof Figure.Sum ? Breakdown.SHOWN : Breakdown.TOTAL_HIDDEN;
    }

    private static Line line(SiteReply reply, Breakdown breakdown) {
        SiteAnswer answer = reply.answer();
        Kind kind = kind(answer);
        boolean masked = answer instanceof SiteAnswer.Counted && breakdown != Breakdown.SHOWN;
        return new Line(reply.site(), masked ? Kind.ANSWERED : kind, masked ? null : answer, reply.late());
    }

    private static Kind kind(@Nullable SiteAnswer answer) {
        return switch (answer) {
            case null -> Kind.PENDING;
            case SiteAnswer.Counted(CountReport report) ->
                switch (report.total()) {
                    case Disclosed.Counted counted -> Kind.COUNTED;
                    case Disclosed.Zero zero -> Kind.ZERO;
                    case Disclosed.Few few -> Kind.FEW;
                    case Disclosed.Withheld withheld -> Kind.WITHHELD;
                };
            case SiteAnswer.Unanswerable unanswerable -> Kind.UNANSWERABLE;
            case SiteAnswer.Refused refused -> Kind.REFUSED;
            case SiteAnswer.Failed failed -> Kind.FAILED;
            case SiteAnswer.TimedOut timedOut -> Kind.TIMED_OUT;
        };
    }

    /** Sums of the steps; a site whose report has another number of steps answers another question and is left out. */
    private List<Figure> steps(List<CountReport> reports, Function<CountReport, List<CountReport.Step>> part) {
        int size = reports.stream()
                .mapToInt(report -> part.apply(report).size())
                .max()
                .orElse(0);
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            CountrySum sum = new CountrySum();
            for (CountReport report : reports) {
                if (part.apply(report).size() == size) {
                    sum.add(part.apply(report).get(i).remaining());
                }
            }
            figures.add(sum.figure(rules.totalHiddenBelow()));
        }
        return figures;
    }
}
