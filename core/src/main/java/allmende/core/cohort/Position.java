package allmende.core.cohort;

/** Which of a patient's resources a value filter looks at, ordered by the minute in which they start. */
public enum Position {
    /** The earliest; of several that start in the same minute, any. */
    FIRST,
    /** The latest; of several that start in the same minute, any. */
    LAST
}
