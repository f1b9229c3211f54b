package allmende.core.fhir;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * Local time in Europe/Berlin. From 1996 on by the rule of directive 2000/84/EC and its forerunners, in arithmetic: summer
 * time lasts from the last Sunday of March to the last Sunday of October, both at 01:00 UTC. Earlier times by Java's rules.
 */
final class GermanTime {

    private static final ZoneRules RULES = ZoneId.of("Europe/Berlin").getRules();
    private static final int MINUTES_PER_DAY = 1440;
    private static final long RULE_START_MINUTE = Days.of(1996, 1, 1) * MINUTES_PER_DAY;
    private static final int FIRST_YEAR = 1996;
    private static final int LAST_YEAR = 2199;
    private static final long RULE_END_MINUTE = Days.of(LAST_YEAR + 1, 1, 1) * MINUTES_PER_DAY;

    /** Per year from {@link #FIRST_YEAR}: first UTC minute of summer time, then first one after it. */
    private static final long[] CHANGES = changes();

    private GermanTime() {}

    /** Local minutes since 1970-01-01T00:00 local, of UTC minutes since 1970-01-01T00:00Z. */
    static long localMinute(long utcMinute) {
        if (utcMinute < RULE_START_MINUTE || utcMinute >= RULE_END_MINUTE) {
            // offsets of old local mean time have seconds; they are cut as seconds are everywhere
            int seconds = RULES.getOffset(Instant.ofEpochSecond(utcMinute * 60)).getTotalSeconds();
            return Math.floorDiv(utcMinute * 60 + seconds, 60L);
        }
        int year = FIRST_YEAR + (int) ((utcMinute - RULE_START_MINUTE) / (MINUTES_PER_DAY * 146_097L / 400));
        if (utcMinute < Days.of(year, 1, 1) * MINUTES_PER_DAY) {
            year--;
        } else if (utcMinute >= Days.of(year + 1, 1, 1) * MINUTES_PER_DAY) {
            year++;
        }
        int at = (year - FIRST_YEAR) * 2;
        boolean summer = utcMinute >= CHANGES[at] && utcMinute < CHANGES[at + 1];
        return utcMinute + (summer ? 120 : 60);
    }

    private static long[] changes() {
        long[] changes = new long[(LAST_YEAR - FIRST_YEAR + 1) * 2];
        for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
            int at = (year - FIRST_YEAR) * 2;
            changes[at] = lastSunday(year, 3) * MINUTES_PER_DAY + 60;
            changes[at + 1] = lastSunday(year, 10) * MINUTES_PER_DAY + 60;
        }
        return changes;
    }

    private static long lastSunday(int year, int month) {
        long last = Days.of(year, month, 31);
        // 1970-01-01 was a Thursday: day 3 was a Sunday
        return last - Math.floorMod(last - 3, 7L);
    }
}
