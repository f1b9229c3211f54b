package allmende.synth.json;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/**
 * Local time in Germany as whole minutes since 1970-01-01T00:00 local, and its offset from UTC. Summer time by the rule
 * in force since 1996 (last Sunday of March to last Sunday of October), also used for earlier years: the hospital's
 * records begin later.
 */
public final class GermanTime {

    /** Minutes of a day. */
    public static final int DAY = 1440;

    private static final int FIRST_YEAR = 1900;
    private static final long[] SUMMER_START = new long[200];
    private static final long[] SUMMER_END = new long[200];

    static {
        for (int i = 0; i < SUMMER_START.length; i++) {
            SUMMER_START[i] = lastSunday(FIRST_YEAR + i, 3) * DAY + 120;
            SUMMER_END[i] = lastSunday(FIRST_YEAR + i, 10) * DAY + 180;
        }
    }

    private GermanTime() {}

    private static long lastSunday(int year, int month) {
        return LocalDate.of(year, month, 1)
                .with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY))
                .toEpochDay();
    }

    /** The day that a minute lies in, as days since 1970-01-01. */
    public static int day(long minute) {
        return (int) Math.floorDiv(minute, DAY);
    }

    /** The minute at which a day has reached the given minute of day. */
    public static long at(int day, int minuteOfDay) {
        return (long) day * DAY + minuteOfDay;
    }

    /** The calendar year of a day. */
    public static int year(int day) {
        return LocalDate.ofEpochDay(day).getYear();
    }

    /** Hours by which German clocks are ahead of UTC at that local minute: 1 or 2. */
    public static int offsetHours(long minute) {
        int index = year(day(minute)) - FIRST_YEAR;
        if (index < 0 || index >= SUMMER_START.length) {
            return 1;
        }
        return minute >= SUMMER_START[index] && minute < SUMMER_END[index] ? 2 : 1;
    }
}
