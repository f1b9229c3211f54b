package allmende.hapi;

import org.jspecify.annotations.Nullable;

/** Where profiles, value sets and code systems come from, besides those of FHIR R4 itself. Safe for several threads. */
@FunctionalInterface
public interface Definitions {

    /** None but those of FHIR R4. */
    Definitions NONE = (resourceType, canonical) -> null;

    /**
     * A definition as JSON, a profile with its snapshot where there is one.
     *
     * @param canonical {@code url} for the newest version, {@code url|version} for a certain one
     * @return null where it is not installed
     */
    byte @Nullable [] find(String resourceType, String canonical);
}
