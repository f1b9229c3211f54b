package allmende.engine.load;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which places of an input are to be read: all in the first pass, later those that had to wait. */
final class Wanted {

    /** Everything. */
    static final Wanted ALL = new Wanted(null);

    private final @Nullable Set<Place> places;
    private final Set<Long> lines = new HashSet<>();
    private int resources;

    private Wanted(@Nullable Set<Place> places) {
        this.places = places;
    }

    /** Nothing yet. */
    static Wanted nothing() {
        return new Wanted(new HashSet<>());
    }

    void add(Place place, int resourcesThere) {
        if (places != null && places.add(place)) {
            lines.add(place.line());
            resources += resourcesThere;
        }
    }

    /** How many resources are at the places that were added. */
    int resources() {
        return resources;
    }

    boolean has(Place place) {
        return places == null || places.contains(place);
    }

    /** Whether anything in this line is wanted. */
    boolean hasLine(long line) {
        return places == null || lines.contains(line);
    }
}
