package allmende.engine.delivery;

import allmende.core.profile.Words;
import java.util.Optional;

/** How de-identification changed elements, for the data dictionary. */
@FunctionalInterface
public interface ElementChanges {

    /** Nothing is known to have been changed. */
    ElementChanges NONE = element -> Optional.empty();

    /**
     * How the values of an element were changed, such as "year and month only"; empty if they were not, or if it is not known.
     *
     * @param element path of the element with its type, as {@code Patient.birthDate}; slices and {@code [x]} as in profiles
     */
    Optional<Words> change(String element);
}
