package allmende.core.consent;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one patient's consent lets a job use. Immutable. */
public final class PatientConsent {

    private static final PatientConsent FREE =
            new PatientConsent(null, DayIntervals.of(DayIntervals.FIRST, DayIntervals.LAST), 0, Rules.NONE);

    private final @Nullable ConsentReason refusal;
    private final DayIntervals window;
    private final int day;
    private final Rules rules;

    private PatientConsent(@Nullable ConsentReason refusal, DayIntervals window, int day, Rules rules) {
        this.refusal = refusal;
        this.window = window;
        this.day = day;
        this.rules = rules;
    }

    /** Of a job that does not rest on consent. */
    static PatientConsent free() {
        return FREE;
    }

    static PatientConsent refused(ConsentReason reason) {
        return new PatientConsent(reason, DayIntervals.NONE, 0, Rules.ALLMENDE);
    }

    static PatientConsent within(DayIntervals window, int day, Rules rules) {
        return new PatientConsent(null, window, day, rules);
    }

    /**
     * By our rules.
     *
     * @param use the policy that must be permitted on the day
     * @param past policies that open the past, as far as the job asks for them
     */
    static PatientConsent of(Declarations declarations, Policy use, List<Policy> past, int day, Stays stays) {
        if (declarations.none()) {
            return refused(ConsentReason.NO_CONSENT);
        }
        if (!declarations.permittedOn(use, day)) {
            return refused(ConsentReason.USE_NOT_PERMITTED);
        }
        DayIntervals window = declarations.window(day, past, stays);
        return window.touches(DayIntervals.FIRST, day)
                ? within(window, day, Rules.ALLMENDE)
                : refused(ConsentReason.NOTHING_COLLECTED);
    }

    /** Why nothing of the patient may be used, the patient's own record included; empty where something may. */
    public Optional<ConsentReason> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The days of which data may be used; none where the patient as a whole is refused. */
    public DayIntervals window() {
        return window;
    }

    /** Whether a resource of this patient may be used: the days on which its data arose lie all within the window. */
    public ConsentVerdict decide(JsonNode resource) {
        if (refusal != null) {
            return new ConsentVerdict.Withheld(refusal);
        }
        if (rules == Rules.NONE) {
            return ConsentVerdict.ALLOWED;
        }
        return switch (ResourceDates.of(rules).time(resource)) {
            case ResourceTime.Dateless _ -> ConsentVerdict.ALLOWED;
            case ResourceTime.Unknown unknown -> new ConsentVerdict.Withheld(unknown.reason());
            case ResourceTime.Days days -> rules == Rules.REFERENCE ? strictly(days) : decide(days);
        };
    }

    private ConsentVerdict decide(ResourceTime.Days days) {
        // what is not over has, by now, data up to the evaluation day
        int until = days.until() == DayIntervals.LAST ? Math.max(days.from(), day) : days.until();
        if (window.covers(days.from(), until)) {
            return ConsentVerdict.ALLOWED;
        }
        boolean partly = window.touches(days.from(), until);
        return new ConsentVerdict.Withheld(
                partly && days.open()
                        ? ConsentReason.OPEN_PERIOD
                        : partly && days.partial() ? ConsentReason.PARTIAL_DATE : ConsentReason.OUTSIDE_COLLECTION);
    }

    /** The reference drops all that is not exact, wherever it lies. */
    private ConsentVerdict strictly(ResourceTime.Days days) {
        ConsentReason reason = days.timing()
                ? ConsentReason.TIMING
                : days.open() ? ConsentReason.OPEN_PERIOD : days.partial() ? ConsentReason.PARTIAL_DATE : null;
        if (reason == null && !window.covers(days.from(), days.until())) {
            reason = ConsentReason.OUTSIDE_COLLECTION;
        }
        return reason == null ? ConsentVerdict.ALLOWED : new ConsentVerdict.Withheld(reason);
    }
}
