package allmende.core.delivery;

import allmende.core.profile.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a profile says about one of its elements.
 *
 * @param types FHIR types that it allows; empty where it says nothing. Of an extension: the types of its value
 * @param max how often the element may occur; 0 where it says nothing, {@link Integer#MAX_VALUE} where there is no limit
 * @param condition FHIRPath condition that an element of this slice meets; null where it is no slice or none is known
 * @param extensions addresses of the extension, if it is one; usually one
 * @param title what people call it; null where nothing is known
 */
public record ElementFact(
        List<String> types,
        int max,
        @Nullable String condition,
        List<String> extensions,
        @Nullable Words title) {

    /** Nothing is known. */
    public static final ElementFact UNKNOWN = new ElementFact(List.of(), 0, null, List.of(), null);

    public ElementFact {
        types = List.copyOf(types);
        extensions = List.copyOf(extensions);
    }

    /** This, and where it says nothing, the other. */
    ElementFact or(ElementFact other) {
        return new ElementFact(
                types.isEmpty() ? other.types : types,
                max == 0 ? other.max : max,
                condition == null ? other.condition : condition,
                extensions.isEmpty() ? other.extensions : extensions,
                title == null ? other.title : title);
    }
}
