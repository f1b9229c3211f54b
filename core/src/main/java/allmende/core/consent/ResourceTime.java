package allmende.core.consent;

/** When the data of a resource arose, as consent looks at it. */
sealed interface ResourceTime {

    /** Its type has no date by its nature: it describes no event. */
    record Dateless() implements ResourceTime {}

    /** It can't be told, and why. */
    record Unknown(ConsentReason reason) implements ResourceTime {}

    /**
     * From one day to another.
     *
     * @param from {@link DayIntervals#FIRST} where open
     * @param until {@link DayIntervals#LAST} where open
     * @param partial whether a date of it lacks month or day
     * @param period whether it is a period, with a start and an end
     * @param timing whether it is a timing
     */
    record Days(int from, int until, boolean partial, boolean period, boolean timing) implements ResourceTime {

        boolean open() {
            return from == DayIntervals.FIRST || until == DayIntervals.LAST;
        }
    }
}
