package allmende.app.bulk;

import java.time.Duration;

/**
 * Bounds of bulk data.
 *
 * @param jobsPerCaller jobs that one caller may have, finished ones included
 * @param jobs jobs of all callers together
 * @param fileResources most resources in one file
 * @param workers threads that write files
 * @param kept how long a finished job's files are kept
 * @param requestBytes largest request with parameters
 * @param views most views of one export
 */
record BulkLimits(
        int jobsPerCaller, int jobs, int fileResources, int workers, Duration kept, int requestBytes, int views) {

    /** What a site uses. */
    static final BulkLimits SITE = new BulkLimits(10, 50, 50_000, 2, Duration.ofHours(24), 16 << 20, 20);
}
