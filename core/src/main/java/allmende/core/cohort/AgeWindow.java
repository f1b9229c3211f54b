package allmende.core.cohort;

import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.List;

/** Turns filters on age into windows of birth dates. */
public final class AgeWindow {

    private AgeWindow() {}

    /**
     * The births whose age on {@code today} passes the filter: sorted, disjoint windows. A patient matches if its birth,
     * which a partial date makes an interval, overlaps one of them.
     */
    public static List<TimeSpan> birthWindows(ValueFilter filter, LocalDate today) {
        return List.of();
    }
}
