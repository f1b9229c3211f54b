package allmende.engine.load;

import java.util.ArrayList;
import java.util.List;

/** Collects what becomes of a piece, in order: items that stand for themselves together, transactions apart. */
final class UnitList {

    private final Input input;
    private final Wanted wanted;
    private final List<Unit> units = new ArrayList<>();
    private List<Item> items = new ArrayList<>();

    UnitList(Input input, Wanted wanted) {
        this.input = input;
        this.wanted = wanted;
    }

    Input input() {
        return input;
    }

    boolean wants(Place place) {
        return wanted.has(place);
    }

    void add(Item item) {
        if (wants(item.place())) {
            items.add(item);
        }
    }

    void add(Unit transaction) {
        if (wants(transaction.whole().place())) {
            closeItems();
            units.add(transaction);
        }
    }

    List<Unit> complete() {
        closeItems();
        return units;
    }

    private void closeItems() {
        if (!items.isEmpty()) {
            units.add(Unit.independent(input, items));
            items = new ArrayList<>();
        }
    }
}
