package allmende.app.workbench;

import allmende.app.federation.Refusal;
import allmende.app.federation.TaskOutcome;
import allmende.app.portal.FakeHub;
import allmende.core.disclosure.CountReport;
import allmende.core.disclosure.Disclosed;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatisticsJson;
import allmende.core.disclosure.SiteAnswer;
import allmende.core.disclosure.SiteAnswerJson;
import allmende.core.disclosure.Strata;
import allmende.core.fhir.Coding;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What four sites of a test have published and answer. */
final class SiteStories {

    static final Coding HBA1C = new Coding("http://loinc.org", "4548-4");

    private SiteStories() {}

    /** All sites publish; three count, one refuses. */
    static void tell(FakeHub hub) {
        for (String site : hub.sites) {
            hub.publish(site, PublishedStatisticsJson.write(statistics(!site.equals("site-d"))));
        }
        hub.answers = (site, body) -> site.equals("site-d")
                ? new TaskOutcome.Refused(Refusal.DECLINED, "Not this month.")
                : new TaskOutcome.Completed(SiteAnswerJson.write(counted(body, 200 + site.hashCode() % 50)));
    }

    static PublishedStatistics statistics(boolean features) {
        int[] cells = new int[Strata.SIZE];
        java.util.Arrays.fill(cells, 400);
        Strata all = Strata.of(cells);
        PublishedStatistics.Histogram histogram = new PublishedStatistics.Histogram(
                "%",
                List.of(4.0, 5.0, 6.0, 7.0, 8.0, 9.0),
                List.of(120, 900, 700, 300, 110),
                List.of(60, 500, 400, 200, 60),
                List.of(60, 500, 400, 200, 60));
        PublishedStatistics.Concept hba1c =
                new PublishedStatistics.Concept(2000, "HbA1c", all, PublishedStatistics.Years.NONE, List.of(histogram));
        PublishedStatistics.Concept diabetes =
                new PublishedStatistics.Concept(1200, null, all, PublishedStatistics.Years.NONE, List.of());
        return new PublishedStatistics(
                YearMonth.of(2026, 11),
                9600,
                all,
                Map.of(
                        "Laboruntersuchung",
                        new PublishedStatistics.Context(8000, Map.of(HBA1C, hba1c)),
                        "Diagnose",
                        new PublishedStatistics.Context(
                                9000,
                                Map.of(new Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "E11"), diabetes))),
                List.of(),
                features ? Set.of("AT_LEAST", "POSITION", "WITHIN") : Set.of(),
                Map.of(),
                new PublishedStatistics.Terms(0.5, 20, 30, 10));
    }

    static SiteAnswer counted(JsonNode body, long total) {
        int inclusion = body.path("query").path("inclusionCriteria").size();
        int exclusion = body.path("query").path("exclusionCriteria").size();
        List<CountReport.Step> steps = new ArrayList<>();
        for (int i = 0; i < inclusion; i++) {
            steps.add(new CountReport.Step(new Disclosed.Counted(total + 100L * (inclusion - i), 6), List.of()));
        }
        List<CountReport.Step> without = new ArrayList<>();
        for (int i = 0; i < exclusion; i++) {
            without.add(new CountReport.Step(new Disclosed.Counted(total, 6), List.of()));
        }
        List<CountReport.Cell> cells = new ArrayList<>();
        for (String sex : List.of("female", "male", "other")) {
            cells.add(new CountReport.Cell(18, 49, sex, new Disclosed.Counted(sex.equals("other") ? 0 : total / 4, 6)));
            cells.add(new CountReport.Cell(
                    50, null, sex, new Disclosed.Counted(sex.equals("other") ? 10 : total / 3, 6)));
        }
        return new SiteAnswer.Counted(new CountReport(
                new Disclosed.Counted(total, 6),
                steps,
                without,
                cells,
                17,
                new CountReport.Privacy(0.5, true, 19.5, 20, 30, 10)));
    }
}
