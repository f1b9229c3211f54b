package allmende.core.profile;

import java.util.List;

/**
 * One field that can be delivered.
 *
 * @param path id of the element in the profile, with slices, as a CRTDL names it in {@code attributeRef}
 * @param title what people call it
 * @param type FHIR type, {@code |} between several
 * @param cardinality how often a resource has it, as {@code 0..1}
 * @param description what it says
 * @param required whether the profile requires it; the required fields are the minimal set that is recommended
 * @param identifying how far it can identify a person
 * @param reason why it is identifying, or why not
 * @param targets URLs of the profiles it may point to; empty unless it is a reference
 */
public record ProfileField(
        String path,
        Words title,
        String type,
        String cardinality,
        Words description,
        boolean required,
        Identifying identifying,
        Words reason,
        List<String> targets) {

    public ProfileField {
        targets = List.copyOf(targets);
    }

    /** Whether it points to another resource, so that an extraction must be told which profiles to follow. */
    public boolean isReference() {
        return !targets.isEmpty();
    }
}
