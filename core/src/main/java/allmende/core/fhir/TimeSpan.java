package allmende.core.fhir;

/**
 * A stretch of local time in Europe/Berlin, both ends inclusive, in minutes since 1970-01-01T00:00 local. Partial dates
 * are the whole stretch they name: {@code 2021} is the first to the last minute of that year. Times with an offset are
 * converted to Europe/Berlin; times without one are taken as local.
 *
 * @param startMinute first minute, {@link #OPEN_START} where the beginning is open
 * @param endMinute last minute, {@link #OPEN_END} where the end is open
 */
public record TimeSpan(long startMinute, long endMinute) {

    /** 0001-01-01T00:00, stands for an open beginning. */
    public static final long OPEN_START = -1_035_593_280L;

    /** 9999-12-31T23:59, stands for an open end. */
    public static final long OPEN_END = 4_223_371_679L;

    /** Whether the two share at least one minute. */
    public boolean overlaps(TimeSpan other) {
        return startMinute <= other.endMinute && other.startMinute <= endMinute;
    }
}
