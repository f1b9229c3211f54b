package allmende.core.extraction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The last step of an extraction, as it sees it. Thread-safe. */
@FunctionalInterface
public interface Deidentification {

    /** Leaves everything as it is. */
    Deidentification NONE = (patient, resources) -> resources;

    /**
     * De-identifies all resources of a patient at once.
     *
     * @param patient the patient's id; null for resources of no patient
     * @param resources the resources; may be changed
     * @return as many, in the same order; an empty object where nothing is left
     */
    List<ObjectNode> apply(@Nullable String patient, List<ObjectNode> resources);
}
