package allmende.engine.load;

import java.util.List;

/**
 * Prepared items of one input, in the order in which they are to be stored.
 *
 * @param atomic whether all of them are stored or none
 * @param whole place and bytes of all of it together: what is quarantined where an atomic one is refused
 */
record Unit(Input input, List<Item> items, boolean atomic, Whole whole) {

    private static final Whole NOTHING = new Whole(Place.WHOLE, new Raw.Held(new Slice(new byte[0], 0, 0)));

    Unit {
        items = List.copyOf(items);
    }

    /** Items that stand each for itself. */
    static Unit independent(Input input, List<Item> items) {
        return new Unit(input, items, false, NOTHING);
    }

    /** How many resources it counts for. */
    int resources() {
        int count = 0;
        for (Item item : items) {
            count += item instanceof Item.Bad bad ? bad.resources() : 1;
        }
        return count;
    }

    /** Place and bytes. */
    record Whole(Place place, Raw raw) {}
}
