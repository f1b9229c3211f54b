package allmende.core.extraction;

import java.util.List;

/**
 * An element that a profile requires where its parent is there.
 *
 * @param path names of the elements from the resource on, without slices; {@code [x]} ends the name of a choice
 * @param types its FHIR types
 * @param many whether it is a list
 */
public record RequiredElement(List<String> path, List<String> types, boolean many) {
    public RequiredElement {
        path = List.copyOf(path);
        types = List.copyOf(types);
    }
}
