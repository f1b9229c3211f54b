package allmende.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Problem;
import allmende.core.disclosure.CountryAnswer.Breakdown;
import allmende.core.disclosure.CountryAnswer.Figure;
import allmende.core.disclosure.CountryAnswer.Kind;
import allmende.core.disclosure.CountryAnswer.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CountryAnswersTest {

    private final CountryAnswers rules = new CountryAnswers(PortalRules.DEFAULT);

    private static SiteReply reply(String site, SiteAnswer answer) {
        return new SiteReply(site, answer, null, false);
    }

    private static SiteReply total(String site, Disclosed total) {
        return reply(
                site,
                new SiteAnswer.Counted(new CountReport(
                        total,
                        List.of(new CountReport.Step(total, List.of())),
                        List.of(),
                        List.of(),
                        1,
                        Questions.PRIVACY)));
    }

    private static SiteReply counted(String site, long value, long plusMinus) {
        return total(site, new Disclosed.Counted(value, plusMinus));
    }

    @Test
    void uncertaintiesAddUpAsTheRootOfSquares() {
        CountryAnswer answer =
                rules.of(List.of(counted("a", 100, 12), counted("b", 200, 16), total("c", new Disclosed.Few(50))));
        assertThat(answer.total()).isEqualTo(new Figure.Sum(300, 20, 49));
        assertThat(answer.inclusion()).containsExactly(new Figure.Sum(300, 20, 49));
    }

    @Test
    void sitesAreShownOneByOneFromThreeThatCount() {
        List<SiteReply> two = List.of(counted("a", 100, 12), counted("b", 200, 16), total("c", new Disclosed.Zero()));
        CountryAnswer hidden = rules.of(two);
        assertThat(hidden.breakdown()).isEqualTo(Breakdown.TOO_FEW_SITES);
        assertThat(hidden.sites()).extracting(Line::kind).containsOnly(Kind.ANSWERED);
        assertThat(hidden.sites()).allSatisfy(line -> assertThat(line.reply()).isNull());
        CountryAnswer shown = rules.of(List.of(counted("a", 100, 12), counted("b", 200, 16), counted("c", 30, 12)));
        assertThat(shown.breakdown()).isEqualTo(Breakdown.SHOWN);
        assertThat(shown.sites()).extracting(Line::kind).containsOnly(Kind.COUNTED);
    }

    @Test
    void aSmallTotalIsHiddenWithAllItsParts() {
        CountryAnswer answer = rules.of(List.of(counted("a", 10, 5), counted("b", 0, 5), counted("c", 0, 5)));
        assertThat(answer.total()).isEqualTo(new Figure.Hidden(20));
        assertThat(answer.breakdown()).isEqualTo(Breakdown.TOTAL_HIDDEN);
        assertThat(answer.inclusion()).isEmpty();
        assertThat(answer.sites()).extracting(Line::kind).containsOnly(Kind.ANSWERED);
    }

    @Test
    void everyOtherAnswerIsToldApart() {
        CountryAnswer answer = rules.of(List.of(
                SiteReply.pending("pending"),
                reply("unanswerable", new SiteAnswer.Unanswerable(List.of(new Problem("", "No.")))),
                reply("refused", new SiteAnswer.Refused(Refusal.of(Refusal.Reason.PAUSED))),
                reply("failed", new SiteAnswer.Failed("out-of-disk")),
                reply("timeout", new SiteAnswer.TimedOut()),
                new SiteReply("late", new SiteAnswer.TimedOut(), null, true)));
        assertThat(answer.total()).isEqualTo(new Figure.None());
        assertThat(answer.sites())
                .extracting(Line::kind)
                .containsExactly(
                        Kind.PENDING, Kind.UNANSWERABLE, Kind.REFUSED, Kind.FAILED, Kind.TIMED_OUT, Kind.TIMED_OUT);
        assertThat(answer.sites().getLast().late()).isTrue();
        assertThat(answer.kinds()).containsEntry(Kind.TIMED_OUT, 2);
    }

    @Test
    void onlyZerosAreZeroAndFewAreHidden() {
        assertThat(rules.of(List.of(total("a", new Disclosed.Zero()), total("b", new Disclosed.Zero())))
                        .total())
                .isEqualTo(new Figure.Zero());
        assertThat(rules.of(List.of(total("a", new Disclosed.Zero()), total("b", new Disclosed.Few(50))))
                        .total())
                .isEqualTo(new Figure.Hidden(50));
    }

    @Test
    void distributionsAreAddedInTheCoarsestCells() {
        CountReport fine = cells(
                new CountReport.Cell(0, 17, "male", new Disclosed.Counted(100, 30)),
                new CountReport.Cell(18, null, "male", new Disclosed.Counted(200, 40)));
        CountReport coarse = cells(new CountReport.Cell(0, null, "male", new Disclosed.Counted(50, 0)));
        CountryAnswer answer =
                rules.of(List.of(reply("a", new SiteAnswer.Counted(fine)), reply("b", new SiteAnswer.Counted(coarse))));
        assertThat(answer.distribution())
                .containsExactly(new CountryAnswer.Cell(0, null, "male", new Figure.Sum(350, 50, 0)));
    }

    private static CountReport cells(CountReport.Cell... cells) {
        return new CountReport(
                new Disclosed.Counted(400, 10), List.of(), List.of(), List.of(cells), 1, Questions.PRIVACY);
    }

    @Test
    void ruleFilesAreReadWithDefaultsAndRefusedWithReasons() {
        assertThat(PortalRules.read("{\"totalHiddenBelow\":5}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new RulesRead.Valid<>(new PortalRules(5, 3, 3, 50)));
        assertThat(PortalRules.read(PortalRules.DEFAULT.write().toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new RulesRead.Valid<>(PortalRules.DEFAULT));
        assertThat(DisclosureRules.read(
                        DisclosureRules.DEFAULT.write().toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new RulesRead.Valid<>(DisclosureRules.DEFAULT));
        for (String wrong : List.of(
                "[]",
                "{\"minimum\":0}",
                "{\"epsilon\":-1}",
                "{\"mechanism\":\"laplace\"}",
                "{\"delta\":0.5}",
                "{\"shares\":{\"total\":99}}",
                "{\"budget\":{\"refillDays\":0}}",
                "{\"minimun\":10}",
                "nonsense")) {
            assertThat(DisclosureRules.read(wrong.getBytes(StandardCharsets.UTF_8)))
                    .as(wrong)
                    .isInstanceOf(RulesRead.Invalid.class);
        }
    }
}
