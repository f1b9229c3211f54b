package allmende.core.terminology;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The concepts of one code system and what stands below what. A concept has a position, such that it and everything below
 * it are few intervals of positions.
 */
public sealed interface Hierarchy permits ListedHierarchy, AtcHierarchy {

    /**
     * A concept as listed by its source.
     *
     * @param display text in the source's language; empty where there is none
     * @param parents codes directly above; empty for a root. Codes that are not listed themselves are passed over
     */
    record Concept(String code, String display, List<String> parents) {
        public Concept {
            parents = List.copyOf(parents);
        }
    }

    /** Positions, both ends inclusive. */
    record Interval(int low, int high) {}

    /** The outcome of {@link #of}. */
    sealed interface Built {
        /** A hierarchy. */
        record Whole(Hierarchy hierarchy) implements Built {}

        /** Not a hierarchy: this code stands above itself. */
        record Cycle(String code) implements Built {}
    }

    /**
     * Numbers the concepts in pre-order of a spanning tree: each concept hangs below its first parent, children keep the
     * order of the list. A concept with several parents adds an interval to those that it does not hang below.
     *
     * @param concepts a code that is listed twice has the parents of both entries and the first display text
     */
    static Built of(List<Concept> concepts) {
        return HierarchyBuilder.build(concepts);
    }

    /** The code's position, below {@link ConceptDictionary#FIRST_MET_POSITION}; empty where the code is not in it. */
    OptionalInt position(String code);

    /** Sorted, disjoint, non-adjacent intervals of the position and everything below it. */
    List<Interval> subtree(int position);

    /** The code at a position that the hierarchy has given out; the reverse of {@link #position}. */
    String code(int position);

    /** The concept's text, if it has one. */
    Optional<String> display(String code);

    /** Differs, as far as a checksum can tell, from that of every hierarchy with other codes or another order. */
    long fingerprint();

    /** Number of listed concepts; 0 where the hierarchy follows from the codes themselves. */
    int size();
}
