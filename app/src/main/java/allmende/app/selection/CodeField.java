package allmende.app.selection;

import allmende.core.document.DataDocument;
import allmende.core.extraction.AttributeGroup;
import allmende.core.fhir.Coding;
import allmende.core.profile.DataProfile.CodeElement;
import allmende.core.profile.Profiles;
import allmende.core.terminology.Terminology;
import java.util.List;
import java.util.Optional;

/**
 * An element of a selected profile whose codes can be filtered.
 *
 * @param index number of the group in the document
 * @param group what the group is called
 */
record CodeField(int index, String group, CodeElement element) {

    /** The element that the search parameter of this name filters, if the group's profile declares it. */
    static Optional<CodeField> find(DataDocument document, Profiles profiles, int index, String name) {
        List<AttributeGroup> groups = document.groups();
        if (index < 0 || index >= groups.size()) {
            return Optional.empty();
        }
        AttributeGroup group = groups.get(index);
        return profiles.find(group.profile())
                .flatMap(profile -> profile.code(name))
                .map(element -> new CodeField(index, group.name(), element));
    }

    /** Whether the element takes codes from the system of this one. */
    boolean takes(Coding coding) {
        return element.systems().isEmpty()
                || element.systems().stream()
                        .map(Terminology::canonical)
                        .anyMatch(Terminology.canonical(coding.system())::equals);
    }
}
