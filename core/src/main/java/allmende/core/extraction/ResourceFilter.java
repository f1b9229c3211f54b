package allmende.core.extraction;

import allmende.core.fhir.Coding;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which resources of a group are wanted. Several filters by code mean any of them, beside the one by date. */
public sealed interface ResourceFilter {

    /** The search parameter whose element is looked at. */
    String name();

    /** One of these codes or a code below one. */
    record Codes(String name, List<Coding> codes) implements ResourceFilter {
        public Codes {
            codes = List.copyOf(codes);
        }
    }

    /** Days in Germany, both inclusive; at least one is given. */
    record Days(
            String name,
            @Nullable LocalDate first,
            @Nullable LocalDate last) implements ResourceFilter {}
}
