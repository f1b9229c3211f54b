package allmende.core.extraction;

import org.jspecify.annotations.Nullable;

/** Which references of a resource may stay, and how they are written then. */
@FunctionalInterface
public interface ReferenceRule {

    /** What stands for a literal reference; null where it may not stay. */
    @Nullable
    String allowed(String literal);
}
