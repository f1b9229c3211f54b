package allmende.app.quality;

import java.time.LocalDate;

/**
 * One figure of a report: how many resources break a rule.
 *
 * @param rule empty for the line that tells how many resources of the stream have an error at all
 */
public record Figure(
        LocalDate day,
        long t,
        String stream,
        String area,
        String rule,
        String severity,
        String module,
        String source,
        long affected,
        long checked) {

    /** The figure of resources with codes that could not be checked, since their systems are not installed. */
    static final String NOT_CHECKED = "codes-not-checked";

    /** Share of those affected, in percent. */
    public double percent() {
        return checked == 0 ? 0 : 100.0 * affected / checked;
    }
}
