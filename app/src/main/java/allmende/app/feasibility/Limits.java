package allmende.app.feasibility;

import java.time.Duration;

/**
 * Bounds of counting over HTTP.
 *
 * @param queryBytesMax longest query document
 * @param concurrentMax counts at the same time; more are refused, to be tried again
 * @param countDurationMax how long a count may take before its asker hears that it did not finish
 */
public record Limits(int queryBytesMax, int concurrentMax, Duration countDurationMax) {

    private static final int MEBIBYTE = 1 << 20;

    /** What a site uses. */
    public static final Limits SITE = new Limits(MEBIBYTE, 8, Duration.ofSeconds(60));
}
