package allmende.core.deident;

import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites what names a resource, so that references still find it: the id is hashed as {@code Resource.id} is, the server
 * is left out, since it names the hospital. What can't be rewritten, as a conditional reference, does not leave.
 */
final class Literals {

    /** Stands for the server in addresses that must be absolute; RFC 2606 promises that it is nobody's. */
    static final String SERVER = "https://deidentified.invalid/fhir/";

    private final Keys keys;
    private final int digits;

    Literals(Keys keys, int digits) {
        this.keys = keys;
        this.digits = digits;
    }

    /**
     * The new form of a literal; null where it can't leave.
     *
     * @param element what holds it, such as {@code Reference.reference}
     * @param contained hashed ids of the contained resources that leave
     */
    @Nullable
    String rewrite(String literal, String element, Set<String> contained) {
        return switch (Reference.parse(literal)) {
            case Reference.Relative(ResourceKey key) -> named(key, element);
            case Reference.Absolute(String _, ResourceKey key) -> key == null ? null : named(key, element);
            case Reference.Bundle(String urn) -> "urn:uuid:" + keys.uuid(urn.toLowerCase(Locale.ROOT));
            case Reference.Contained(String id) -> local(id, contained);
            case Reference.Conditional _ -> null;
            case Reference.Unintelligible(String text) ->
                element.equals("Bundle.entry.request.url") && R4Types.get().isResource(text) ? text : null;
        };
    }

    private @Nullable String named(ResourceKey key, String element) {
        if (!R4Types.get().isResource(key.type())) {
            return null;
        }
        String relative = key.type() + "/" + keys.id(key.id(), digits);
        return element.equals("Bundle.entry.fullUrl") ? SERVER + relative : relative;
    }

    private @Nullable String local(String id, Set<String> contained) {
        if (id.isEmpty()) {
            return "#";
        }
        String hash = keys.id(id, digits);
        return contained.contains(hash) ? "#" + hash : null;
    }
}
