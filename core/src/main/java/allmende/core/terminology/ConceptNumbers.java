package allmende.core.terminology;

import allmende.core.fhir.Coding;
import java.util.List;
import java.util.OptionalLong;

/**
 * Numbers concepts. Codes of a known hierarchy get their number from {@link Terminology}; other codes ("met" in data)
 * get the next free position of their system and keep it: nothing is renumbered when a new code appears.
 */
public interface ConceptNumbers {

    /** The number of a concept, given out now when it was never met before. The system may be an alias. */
    long number(Coding coding);

    /** The number of a concept if it has one: it stands in a known hierarchy or was met before. */
    OptionalLong find(Coding coding);

    /**
     * The concept and everything below it, as sorted, disjoint, non-adjacent intervals; empty where nothing with that
     * code was ever met and no hierarchy knows it. A code unknown to its system stands for itself alone.
     */
    List<ConceptRange> subtree(Coding coding);
}
