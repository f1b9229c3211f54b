package allmende.app.workbench;

import allmende.app.portal.SiteResult;
import allmende.app.workbench.ResultView.SiteLine;
import allmende.core.cohort.Problem;
import allmende.core.disclosure.CountReport;
import allmende.core.disclosure.CountryAnswer.Line;
import allmende.core.disclosure.Disclosed;
import allmende.core.disclosure.Refusal;
import allmende.core.disclosure.SiteAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what came from each site, every kind of answer in words of its own. */
final class SiteLines {

    private final Sheet sheet;
    private final Words words;

    SiteLines(Sheet sheet, Words words) {
        this.sheet = sheet;
        this.words = words;
    }

    /** One line for each site; both lists are in the same order. */
    List<SiteLine> of(List<SiteResult> results, List<Line> lines) {
        List<SiteLine> said = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            said.add(line(results.get(i), lines.get(i)));
        }
        return said;
    }

    private SiteLine line(SiteResult result, Line line) {
        String kind = line.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new SiteLine(
                result.name(),
                kind,
                words.say("workbench.kind." + kind),
                number(line.reply()),
                more(result, line.reply()),
                when(result, line.reply()),
                line.late());
    }

    private @Nullable String number(@Nullable SiteAnswer answer) {
        return answer instanceof SiteAnswer.Counted(CountReport report) ? disclosed(report.total()) : null;
    }

    private @Nullable String disclosed(Disclosed disclosed) {
        return switch (disclosed) {
            case Disclosed.Counted(var value, var plusMinus) ->
                words.say("workbench.figure.sum", words.number(value), words.number(plusMinus));
            case Disclosed.Few(var below) -> words.say("workbench.figure.few", words.number(below));
            case Disclosed.Zero _ -> words.say("workbench.figure.zero");
            case Disclosed.Withheld _ -> null;
        };
    }

    private List<String> more(SiteResult result, @Nullable SiteAnswer answer) {
        List<String> more = new ArrayList<>();
        switch (answer) {
            case SiteAnswer.Unanswerable(List<Problem> problems) ->
                problems.forEach(problem -> more.add(criterion(problem)));
            case SiteAnswer.Refused(Refusal refusal) -> more.addAll(refusal(refusal));
            case SiteAnswer.Failed(String code) -> more.add(words.say("workbench.kind.failed.code", code));
            case SiteAnswer.Counted _, SiteAnswer.TimedOut _ -> {}
            case null -> {}
        }
        if (result.note() != null) {
            more.add(words.say("workbench.kind.note", result.note()));
        }
        return more.stream().distinct().toList();
    }

    private String criterion(Problem problem) {
        return sheet.cohort().spots().stream()
                .filter(spot -> (problem.pointer() + "/").startsWith(spot.pointer() + "/"))
                .findFirst()
                .map(spot -> words.say("workbench.kind.unanswerable.which", EditorViews.title(sheet, spot)))
                .orElseGet(() -> words.say("workbench.kind.unanswerable.whole"));
    }

    private List<String> refusal(Refusal refusal) {
        List<String> more = new ArrayList<>();
        more.add(words.say("workbench.refusal." + refusal.reason().name().toLowerCase(Locale.ROOT)));
        Instant retry = refusal.retryAfter();
        if (retry != null) {
            more.add(words.say("workbench.refusal.retry", words.at(retry)));
        }
        return more;
    }

    private @Nullable String when(SiteResult result, @Nullable SiteAnswer answer) {
        Instant at = result.at();
        if (at == null) {
            return null;
        }
        return answer instanceof SiteAnswer.Counted(CountReport report)
                ? words.say("workbench.result.snapshot", words.at(at), report.t())
                : words.at(at);
    }
}
