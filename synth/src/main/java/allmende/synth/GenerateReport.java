package allmende.synth;

import java.util.SortedMap;

/**
 * What has been written.
 *
 * @param patients number of patients
 * @param resourcesByType number of resources for each type, types in alphabetical order
 * @param files number of files
 * @param bytes bytes written to disk
 */
public record GenerateReport(long patients, SortedMap<String, Long> resourcesByType, long files, long bytes) {

    /** Number of resources of all types. */
    public long resources() {
        return resourcesByType.values().stream().mapToLong(Long::longValue).sum();
    }
}
