package allmende.core.cohort;

import allmende.core.fhir.ResourceKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds a resource by its key, as it is at the snapshot that is being read. */
@FunctionalInterface
public interface ResourceResolver {

    /** The resource, or null where there is none (not there yet, or deleted). */
    @Nullable
    JsonNode resolve(ResourceKey key);
}
