package allmende.core.fhir;

/**
 * Names a resource within one site: {@code Patient/123}.
 *
 * @param type resource type, for example {@code Patient}
 * @param id logical id, unique per type (FHIR R4, {@code Resource.id}: 1 to 64 of {@code [A-Za-z0-9\-\.]})
 */
public record ResourceKey(String type, String id) {

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
