package allmende.core.extraction;

import java.util.List;

/**
 * A field of the resources of a group.
 *
 * @param element id of the element in the profile, with its slice: {@code Patient.identifier:pid}
 * @param mustHave whether a patient is left out who has no resource with all such fields of the group
 * @param linkedGroups ids of the groups of the resources that this field, a reference, may point to
 * @param pointer JSON pointer to the field in the document
 */
public record Attribute(String element, boolean mustHave, List<String> linkedGroups, String pointer) {
    public Attribute {
        linkedGroups = List.copyOf(linkedGroups);
    }
}
