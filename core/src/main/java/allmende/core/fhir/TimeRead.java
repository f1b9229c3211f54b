package allmende.core.fhir;

/** The outcome of reading a date, time, period or timing. */
public sealed interface TimeRead {

    /** It names this stretch of time. */
    record Known(TimeSpan span) implements TimeRead {}

    /** There is none: no element, or one without any date. */
    record Absent() implements TimeRead {}

    /**
     * There is one, but it does not exist or is not a FHIR date.
     *
     * @param reason the fault in words, without the value
     */
    record Illegal(String reason) implements TimeRead {}
}
