package allmende.app.portal;

import java.time.Duration;

/**
 * How often and how long.
 *
 * @param perMinute questions that an account may ask within a minute
 * @param perWeek questions that an account may ask within seven days; whoever reaches it is locked until a person resets it
 * @param patience how long the sites have; later answers are marked as late
 */
record AskLimits(int perMinute, int perWeek, Duration patience) {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration WEEK = Duration.ofDays(7);
}
