package allmende.app.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Text {

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MINUTES_PER_HOUR = 60;
    private static final double MILLIS_PER_SECOND = 1000.0;

    private Text() {}

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code "1 patient"}, {@code "2 patients"}. */
    static String counted(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 340 ms}, {@code 2.5 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.toMillis() + " ms";
        }
        if (seconds < SECONDS_PER_MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS_PER_SECOND);
        }
        if (duration.toMinutes() < MINUTES_PER_HOUR) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /** Things per second, whole. */
    static String rate(long count, Duration duration) {
        return number(Math.round(count * MILLIS_PER_SECOND / Math.max(1, duration.toMillis()))) + "/s";
    }
}
