package allmende.engine.statistics;

import allmende.core.consent.ConsentRequest;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.ConceptRange;
import allmende.engine.index.ConceptRows;
import allmende.engine.index.FactFilter;
import allmende.engine.index.FactFilter.ValueTest;
import allmende.engine.index.IndexSnapshot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consent in statistics, as in counts: whoever permits a policy on the day is counted, in the year of the consent by which it
 * stands; who has withdrawn, or whose permission has ended, is not.
 */
final class ConsentToday {

    private static final int MINUTES_PER_DAY = 24 * 60;

    private final IndexSnapshot snapshot;
    private final ValueTest standing;

    ConsentToday(IndexSnapshot snapshot, LocalDate today) {
        this.snapshot = snapshot;
        this.standing = ValueTest.Within.standing(today);
    }

    /** Whether a context is that of consent. */
    boolean concerns(String context) {
        return context.equals(ConsentRequest.CONTEXT);
    }

    /** What facts of a context must say to count; null where they need say nothing. */
    @Nullable
    ValueTest test(String context) {
        return concerns(context) ? standing : null;
    }

    /** Hands over who permits a policy, by the years of the consents by which it stands. */
    void byYear(String context, long policy, ConceptRows.ByYear to) {
        // all years that any fact about it has, as the facts that stand are some of them; a permit always has a date
        List<Integer> years = new ArrayList<>();
        snapshot.conceptRows().rareByYear(context, List.of(policy), (number, year, patients) -> {
            if (year != null) {
                years.add(year);
            }
        });
        for (int year : years) {
            TimeSpan span = new TimeSpan(
                    LocalDate.of(year, 1, 1).toEpochDay() * MINUTES_PER_DAY,
                    LocalDate.of(year + 1, 1, 1).toEpochDay() * MINUTES_PER_DAY - 1);
            to.patients(policy, year, snapshot.matching(filter(context, policy, span)));
        }
    }

    private FactFilter filter(String context, long policy, TimeSpan time) {
        return new FactFilter(context, List.of(new ConceptRange(policy, policy)), standing, time, List.of());
    }
}
