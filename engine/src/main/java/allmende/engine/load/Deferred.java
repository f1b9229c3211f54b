package allmende.engine.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** Pieces that refer to what may still come: they are read again when the rest is loaded. Only their places are kept. */
final class Deferred {

    private final int max;
    private Map<Input, Wanted> places = new LinkedHashMap<>();
    private int count;
    private boolean closed;

    Deferred(int max) {
        this.max = max;
    }

    /** Notes a piece; false where it can't wait: in the last pass, or when too many do. */
    boolean add(Input input, Place place, int resources) {
        if (closed || count >= max) {
            return false;
        }
        places.computeIfAbsent(input, first -> Wanted.nothing()).add(place, resources);
        count++;
        return true;
    }

    /** How many wait. */
    int count() {
        return count;
    }

    /** Lets nothing wait any more. */
    void close() {
        closed = true;
    }

    /** Takes all that wait out. */
    Map<Input, Wanted> take() {
        Map<Input, Wanted> taken = places;
        places = new LinkedHashMap<>();
        count = 0;
        return taken;
    }
}
