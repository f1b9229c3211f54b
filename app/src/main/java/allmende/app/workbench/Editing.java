package allmende.app.workbench;

import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.core.document.CohortDocument;
import allmende.core.document.Side;
import allmende.core.document.Spot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the edits of a cohort are, and where one comes back to after them. */
final class Editing {

    private Editing() {}

    /** The address after a change: of the editor, with a remark where the question had changed in between. */
    static String back(long id, Change change) {
        return back(id, change, null);
    }

    static String back(long id, Change change, @Nullable String anchor) {
        String there = "redirect:/workbench/" + id;
        return switch (change) {
            case Change.Done _, Change.Nothing _ -> anchor == null ? there : there + "?focus=" + anchor + "#" + anchor;
            case Change.Stale _ -> there + "?stale";
            case Change.Missing _ -> throw Desk.missing();
        };
    }

    /** The question after a change, or the page "not found". */
    static Question question(Change change) {
        return switch (change) {
            case Change.Done(Question question) -> question;
            case Change.Nothing(Question question) -> question;
            case Change.Stale(Question question) -> question;
            case Change.Missing _ -> throw Desk.missing();
        };
    }

    /**
     * The cohort with the criterion somewhere else.
     *
     * @param to name of a group
     */
    static CohortDocument move(CohortDocument cohort, Spot spot, String to) {
        return Spots.group(to)
                .map(place -> cohort.move(spot, place.side(), Math.min(place.group(), cohort.groups(place.side()))))
                .orElse(cohort);
    }

    /** The card that stands where the moved criterion is now: the last one of its group. */
    static @Nullable String moved(CohortDocument before, Spot spot, String to) {
        Optional<Spots.GroupPlace> place = Spots.group(to);
        if (place.isEmpty()) {
            return null;
        }
        Side side = place.get().side();
        int group = Math.min(place.get().group(), before.groups(side));
        boolean vanishes = before.criteria(spot.side(), spot.group()) == 1;
        boolean shifts = vanishes && spot.side() == side && spot.group() < group;
        int size = group < before.groups(side) ? before.criteria(side, group) : 0;
        return "card-" + Spots.name(new Spot(side, shifts ? group - 1 : group, size));
    }

    /** What to look at after a criterion is gone: the one before it, else the button that adds one. */
    static String removed(CohortDocument before, Spot spot) {
        if (spot.criterion() > 0) {
            return "card-" + Spots.name(new Spot(spot.side(), spot.group(), spot.criterion() - 1));
        }
        boolean others = before.criteria(spot.side(), spot.group()) > 1;
        return others ? "card-" + Spots.name(spot) : "add-" + Spots.name(spot.side());
    }
}
