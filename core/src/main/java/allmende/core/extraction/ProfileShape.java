package allmende.core.extraction;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an extraction knows of a profile. Paths are names of elements from the resource on, joined by dots, without slices.
 *
 * @param url canonical URL
 * @param type the resource type
 * @param accepted canonical URLs that a resource of the profile may claim: this one, earlier ones, and those of profiles
 *     that derive from it
 * @param required what the profile requires, parents before their children
 * @param slices slices of lists, by path of the list; of a list inside of a slice by its path with that slice's name
 *     ({@code identifier:pid.type.coding})
 * @param extensions URL of the extension by path of the element that carries it, {@code extension:} and the slice's name
 * @param known URLs of all extensions that the profile has, wherever
 * @param elements paths of all elements; null where not all are known, so that none can be called wrong
 */
public record ProfileShape(
        String url,
        String type,
        Set<String> accepted,
        List<RequiredElement> required,
        Map<String, List<Slice>> slices,
        Map<String, String> extensions,
        Set<String> known,
        @Nullable Set<String> elements) {

    public ProfileShape {
        accepted = Set.copyOf(accepted);
        required = List.copyOf(required);
        slices = Map.copyOf(slices);
        extensions = Map.copyOf(extensions);
        known = Set.copyOf(known);
        elements = elements == null ? null : Set.copyOf(elements);
    }
}
