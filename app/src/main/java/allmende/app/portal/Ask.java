package allmende.app.portal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question put to the sites.
 *
 * @param id its number
 * @param question number of the question; null where that has been deleted
 * @param number which of the question's asks it is, from 1
 * @param version the version of the question that was asked
 * @param account who asked
 * @param cohort what was asked, CCDL as JSON text
 * @param epsilon what it costs at each site at most, in ε
 * @param asked when
 * @param deadline until when answers count as in time
 * @param sent whether the federation has taken it over; until then it is tried again and again
 * @param sites who was asked
 */
public record Ask(
        long id,
        @Nullable Long question,
        int number,
        int version,
        long account,
        String cohort,
        double epsilon,
        Instant asked,
        Instant deadline,
        boolean sent,
        List<AskedSite> sites) {

    public Ask {
        sites = List.copyOf(sites);
    }

    /**
     * One of the sites.
     *
     * @param id its name in the federation
     * @param name what people call it
     */
    public record AskedSite(String id, String name) {}
}
