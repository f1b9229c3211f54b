package allmende.core.profile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One profile of the core data set as a researcher chooses from it.
 *
 * @param url canonical URL
 * @param aliases further URLs under which documents may name it (earlier releases)
 * @param module name of the module of the catalogue
 * @param resourceType the FHIR type
 * @param contexts codes of the catalogue's contexts that read resources of this profile
 * @param title what people call it
 * @param description what its resources are, in a sentence or two
 * @param fields what can be delivered, in the order in which it is shown; the elements that every delivery carries
 *     (id, profile, reference to the patient) are not among them
 * @param codes elements whose codes can be filtered
 * @param date the date that can be filtered; null where there is none
 */
public record DataProfile(
        String url,
        List<String> aliases,
        String module,
        String resourceType,
        List<String> contexts,
        Words title,
        Words description,
        List<ProfileField> fields,
        List<CodeElement> codes,
        @Nullable DateElement date) {

    public DataProfile {
        aliases = List.copyOf(aliases);
        contexts = List.copyOf(contexts);
        fields = List.copyOf(fields);
        codes = List.copyOf(codes);
    }

    /**
     * An element whose codes can be filtered.
     *
     * @param name the search parameter's code, as a CRTDL names it
     * @param path id of the element
     * @param title what people call it
     * @param systems code systems that it takes codes from, the usual one first
     * @param context code of the catalogue's context whose concepts it takes; null where none has them
     */
    public record CodeElement(
            String name,
            String path,
            Words title,
            List<String> systems,
            @Nullable String context) {
        public CodeElement {
            systems = List.copyOf(systems);
        }
    }

    /**
     * The date that can be filtered.
     *
     * @param name the search parameter's code, as a CRTDL names it
     * @param path id of the element
     * @param title what people call it
     */
    public record DateElement(String name, String path, Words title) {}

    /** The field with this element id. */
    public Optional<ProfileField> field(String path) {
        return fields.stream().filter(field -> field.path().equals(path)).findFirst();
    }

    /** The element whose codes this search parameter filters. */
    public Optional<CodeElement> code(String name) {
        return codes.stream().filter(element -> element.name().equals(name)).findFirst();
    }

    /** The minimal set: what the profile itself requires. */
    public List<ProfileField> required() {
        return fields.stream().filter(ProfileField::required).toList();
    }

    /** Whether its resources are patients. */
    public boolean isPatient() {
        return resourceType.equals("Patient");
    }
}
