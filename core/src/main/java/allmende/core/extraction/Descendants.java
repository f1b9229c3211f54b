package allmende.core.extraction;

import allmende.core.fhir.Coding;
import java.util.Set;

/** What lies below a code in the hierarchy of its system. */
@FunctionalInterface
public interface Descendants {

    /** The code and all below it; the code alone where nothing is known. Systems by their present URI. */
    Set<Coding> of(Coding code);
}
