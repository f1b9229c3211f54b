package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of a resource.
 *
 * @param body compact JSON in UTF-8 as it shall be kept; null deletes
 * @param patientId id of the Patient the resource belongs to (its own id for a Patient); null where to none
 * @param identifiers business identifiers to be found by; empty for deletions
 */
public record ResourceWrite(
        ResourceKey key, byte @Nullable [] body, @Nullable String patientId, List<Identifier> identifiers) {

    /** A business identifier. {@code system} is empty where the resource gives none. */
    public record Identifier(String system, String value) {}
}
