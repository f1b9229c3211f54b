package allmende.core.cohort;

import allmende.core.fhir.ResourceKey;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads from a resource what the index keeps of it, as the catalogue declares. Pure and thread-safe. */
public final class FactExtractor {

    private final Catalogue catalogue;

    public FactExtractor(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What the resource says about the catalogue's criteria. */
    public ResourceFacts extract(JsonNode resource, ResourceResolver resolver) {
        String type = resource.path("resourceType").asString("");
        ResourceKey key = new ResourceKey(type, resource.path("id").asString(""));
        catalogue.ofType(type);
        return new ResourceFacts(key, null, List.of(), List.of(), List.of(), Set.of());
    }
}
