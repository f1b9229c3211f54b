package allmende.app.quality;

import allmende.core.path.FhirPath;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the file declares it.
 *
 * @param types resource types that it is about; {@code *} for all
 * @param violated the rule is broken where this is true; null where a built-in check decides
 * @param check name of the built-in check; empty where there is none
 * @param event when it happened, for lateness
 * @param recorded when it was recorded, for lateness
 * @param days latest, for lateness
 * @param support what must be seen before something is taken for usual
 * @param english title
 * @param german title
 */
record Rule(
        String id,
        Area area,
        Set<String> types,
        @Nullable FhirPath violated,
        String check,
        @Nullable FhirPath event,
        @Nullable FhirPath recorded,
        int days,
        Support support,
        String english,
        String german) {

    /**
     * When something is usual.
     *
     * @param times how often a thing must have been seen at all
     * @param percent and how many of these must agree
     */
    record Support(int times, int percent) {}

    boolean isAbout(String type) {
        return types.contains("*") || types.contains(type);
    }
}
