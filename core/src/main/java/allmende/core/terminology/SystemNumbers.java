package allmende.core.terminology;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The numbers of one code system: its hierarchy's positions, and those of codes that were met besides. */
final class SystemNumbers {

    private static final int INITIAL_SIZE = 64;

    private final int systemNumber;
    private final String uri;
    private final @Nullable Hierarchy hierarchy;
    private final StringTable met = new StringTable(INITIAL_SIZE);

    SystemNumbers(int systemNumber, String uri, @Nullable Hierarchy hierarchy) {
        this.systemNumber = systemNumber;
        this.uri = uri;
        this.hierarchy = hierarchy;
    }

    int systemNumber() {
        return systemNumber;
    }

    String uri() {
        return uri;
    }

    long number(int position) {
        return ((long) systemNumber << 32) | position;
    }

    /** The code's position in the hierarchy. */
    OptionalInt known(String code) {
        return hierarchy == null ? OptionalInt.empty() : hierarchy.position(code);
    }

    /** The position of a code that was met before; -1 if it was not. */
    int findMet(String code) {
        synchronized (met) {
            int index = met.find(code);
            return index < 0 ? -1 : ConceptDictionary.FIRST_MET_POSITION + index;
        }
    }

    /** Gives the next free position to a code that was not met before. */
    int meet(String code) {
        synchronized (met) {
            return ConceptDictionary.FIRST_MET_POSITION + met.add(code);
        }
    }

    String metCode(int position) {
        synchronized (met) {
            return met.get(position - ConceptDictionary.FIRST_MET_POSITION);
        }
    }

    String code(int position) {
        return position < ConceptDictionary.FIRST_MET_POSITION && hierarchy != null
                ? hierarchy.code(position)
                : metCode(position);
    }

    List<ConceptRange> subtree(int position) {
        if (hierarchy == null) {
            return List.of(new ConceptRange(number(position), number(position)));
        }
        return hierarchy.subtree(position).stream()
                .map(interval -> new ConceptRange(number(interval.low()), number(interval.high())))
                .toList();
    }
}
