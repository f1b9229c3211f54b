package allmende.engine.extract;

import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which references lead to resources of this site: relative ones, and absolute ones below one of the site's own addresses.
 *
 * @param bases addresses of the site's FHIR door, each without a slash at its end
 */
record Addresses(Set<String> bases) {

    Addresses {
        bases = Set.copyOf(bases);
    }

    /** The resource that a literal reference names here; null where it names none of this site. */
    @Nullable
    ResourceKey key(String literal) {
        return switch (Reference.parse(literal)) {
            case Reference.Relative(ResourceKey key) -> key;
            case Reference.Absolute(String url, ResourceKey key) -> key != null && isOwn(url) ? key : null;
            case Reference.Bundle _, Reference.Contained _, Reference.Conditional _, Reference.Unintelligible _ -> null;
        };
    }

    private boolean isOwn(String url) {
        for (String base : bases) {
            if (url.length() > base.length() && url.startsWith(base) && url.charAt(base.length()) == '/') {
                return true;
            }
        }
        return false;
    }
}
