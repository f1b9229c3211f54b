package allmende.core.explain;

import allmende.core.cohort.Feature;
import allmende.core.fhir.Coding;
import java.util.OptionalLong;
import java.util.Set;

/** What sites have published about their data. */
public interface Availability {

    /**
     * About how many patients of all sites have the code or one below it.
     *
     * @return empty where nothing is known, which is not zero
     */
    OptionalLong patients(String context, Coding coding);

    /** The units in which sites have values of this code (UCUM); empty where nothing is known. */
    Set<String> units(String context, Coding coding);

    /** Names of the sites that do not understand the feature. */
    Set<String> without(Feature feature);

    /** Nothing is known. */
    Availability UNKNOWN = new Availability() {
        @Override
        public OptionalLong patients(String context, Coding coding) {
            return OptionalLong.empty();
        }

        @Override
        public Set<String> units(String context, Coding coding) {
            return Set.of();
        }

        @Override
        public Set<String> without(Feature feature) {
            return Set.of();
        }
    };
}
