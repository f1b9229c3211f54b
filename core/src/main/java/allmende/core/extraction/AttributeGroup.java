package allmende.core.extraction;

import java.util.List;

/**
 * The resources of one profile, and which of their fields are wanted.
 *
 * @param id unique in the document; links name it. Made up where an older document has none
 * @param name title and, as {@link GroupNames#slug}, the file's name; made up where an older document has none
 * @param profile canonical URL of the profile, or of one that it derives from
 * @param includeReferenceOnly whether resources are wanted only where a field of another group refers to them
 * @param attributes the fields that are wanted
 * @param filters which resources are wanted; none means all
 * @param pointer JSON pointer to the group in the document
 */
public record AttributeGroup(
        String id,
        String name,
        String profile,
        boolean includeReferenceOnly,
        List<Attribute> attributes,
        List<ResourceFilter> filters,
        String pointer) {

    public AttributeGroup {
        attributes = List.copyOf(attributes);
        filters = List.copyOf(filters);
    }
}
