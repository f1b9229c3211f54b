package allmende.app.fhirapi;

import java.time.Duration;

/**
 * Bounds of the FHIR door.
 *
 * @param resourceBytes largest resource that is written
 * @param bundleBytes largest bundle that is written
 * @param bundleEntries most entries of a bundle
 * @param historyDefault versions on a page of a history where the caller names no number
 * @param historyMax most versions on a page
 * @param patchOperations most operations of a patch
 * @param timeMax how long one request may take
 */
public record FhirLimits(
        int resourceBytes,
        int bundleBytes,
        int bundleEntries,
        int historyDefault,
        int historyMax,
        int patchOperations,
        Duration timeMax) {

    private static final int MEBIBYTE = 1 << 20;

    /** What a site uses. */
    public static final FhirLimits SITE =
            new FhirLimits(16 * MEBIBYTE, 64 * MEBIBYTE, 50_000, 100, 1_000, 1_000, Duration.ofSeconds(60));
}
