package allmende.core.disclosure;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The portal's view of the answers of all sites, after the portal's rules.
 *
 * @param total patients at all sites together; a patient of two sites counts twice
 * @param inclusion patients who remain after each AND step, all sites together
 * @param exclusion patients who remain after each exclusion step, all sites together
 * @param distribution by age and sex, all sites together; only cells that all counting sites give alike
 * @param breakdown whether the sites' own numbers may be shown, or why not
 * @param sites what came from each site, in the order in which they were given
 * @param kinds how many sites there are of each kind
 */
public record CountryAnswer(
        Figure total,
        List<Figure> inclusion,
        List<Figure> exclusion,
        List<Cell> distribution,
        Breakdown breakdown,
        List<Line> sites,
        Map<Kind, Integer> kinds) {

    public CountryAnswer {
        inclusion = List.copyOf(inclusion);
        exclusion = List.copyOf(exclusion);
        distribution = List.copyOf(distribution);
        sites = List.copyOf(sites);
        kinds = Map.copyOf(kinds);
    }

    /** A number over all sites. */
    public sealed interface Figure {

        /**
         * A sum.
         *
         * @param value sum of the sites' numbers
         * @param plusMinus half the width of its 95 % interval: root of the sum of the sites' squares
         * @param unseen at most so many patients more, at the sites that have few
         */
        record Sum(long value, long plusMinus, long unseen) implements Figure {}

        /** All sites that answered say zero. */
        record Zero() implements Figure {}

        /** Not shown, since it is below this number. */
        record Hidden(long below) implements Figure {}

        /** No site has answered with a number, zero or few. */
        record None() implements Figure {}
    }

    /** A part of the cohort; see {@link CountReport.Cell}. */
    public record Cell(int ageFrom, @Nullable Integer ageTo, String sex, Figure patients) {}

    /** Whether the sites' numbers are shown one by one. */
    public enum Breakdown {
        /** They are. */
        SHOWN,
        /** Too few sites report a count. */
        TOO_FEW_SITES,
        /** The total is hidden, so its parts are. */
        TOTAL_HIDDEN
    }

    /**
     * One site's line.
     *
     * @param reply what the site sent; where the breakdown is not shown, without the report's numbers: then it is null for
     *     every site that counted
     * @param kind of the answer; {@link Kind#ANSWERED} for every site that counted where the breakdown is not shown
     * @param late whether the answer came after the deadline
     */
    public record Line(String site, Kind kind, @Nullable SiteAnswer reply, boolean late) {}

    /** Kinds of answers. */
    public enum Kind {
        /** Counted, but which of the next four is not shown. */
        ANSWERED,
        /** A number. */
        COUNTED,
        /** Zero. */
        ZERO,
        /** Few. */
        FEW,
        /** Counted, but the number is withheld. */
        WITHHELD,
        /** The site can't answer these criteria. */
        UNANSWERABLE,
        /** The site refused. */
        REFUSED,
        /** Something went wrong at the site. */
        FAILED,
        /** No answer in time. */
        TIMED_OUT,
        /** No answer yet. */
        PENDING
    }
}
