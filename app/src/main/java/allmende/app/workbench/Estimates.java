package allmende.app.workbench;

import allmende.app.federation.Hub;
import allmende.app.federation.Member;
import allmende.app.portal.Publications;
import allmende.app.workbench.EditorView.EstimateView;
import allmende.app.workbench.EditorView.SiteView;
import allmende.core.cohort.CohortQuery;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.document.Spot;
import allmende.core.estimate.Estimate;
import allmende.core.estimate.Estimator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Estimates from what the sites have published: free, and without asking anybody. */
final class Estimates {

    private final Estimator estimator = new Estimator();
    private final Publications publications;
    private final Hub hub;

    Estimates(Publications publications, Hub hub) {
        this.publications = publications;
        this.hub = hub;
    }

    /** What sites are called, by their id. */
    Map<String, String> names() {
        return hub.members().stream()
                .collect(Collectors.toMap(member -> member.id().value(), Member::name));
    }

    Estimate estimate(CohortQuery query) {
        Map<String, PublishedStatistics> newest = publications.newest();
        return estimator.estimate(query, newest);
    }

    EstimateView of(CohortQuery query, Sheet sheet, Words words) {
        Estimate estimate = estimate(query);
        Map<String, String> names = names();
        Function<String, String> name = site -> names.getOrDefault(site, site);
        List<SiteView> sites = estimate.sites().entrySet().stream()
                .map(entry -> new SiteView(
                        name.apply(entry.getKey()),
                        words.number(entry.getValue().likely()),
                        words.number(entry.getValue().low()) + "–"
                                + words.number(entry.getValue().high())))
                .sorted(Comparator.comparing(SiteView::name))
                .toList();
        List<String> notes = estimate.notes().stream()
                .map(note -> note(note, sheet, words, name))
                .distinct()
                .toList();
        return new EstimateView(
                !estimate.sites().isEmpty(),
                words.number(estimate.low()),
                words.number(estimate.likely()),
                words.number(estimate.high()),
                sites,
                notes);
    }

    private static String note(Estimate.Note note, Sheet sheet, Words words, Function<String, String> name) {
        String key = "workbench.estimate.note."
                + note.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String what = sheet.cohort().spots().stream()
                .filter(spot -> (note.pointer() + "/").startsWith(spot.pointer() + "/"))
                .findFirst()
                .map((Spot spot) -> EditorViews.title(sheet, spot))
                .orElse(words.say("workbench.estimate.note.all"));
        String site = note.site().isEmpty() ? words.say("workbench.estimate.note.every-site") : name.apply(note.site());
        return words.say(key, site, what);
    }
}
