package allmende.engine.load;

import java.util.List;

/** What the reader hands to those who prepare: a stretch of an input, split as far as that goes without parsing. */
sealed interface Piece {

    /** Where it comes from. */
    Input input();

    /** How many bytes it keeps in memory. */
    int bytes();

    /**
     * Complete lines.
     *
     * @param firstLine number of the first, from 1
     */
    record Lines(Input input, long firstLine, Slice text) implements Piece {
        @Override
        public int bytes() {
            return text.length();
        }
    }

    /**
     * A whole document.
     *
     * @param damage why it ends too early; null where it does not
     */
    record Document(
            Input input,
            Slice text,
            @org.jspecify.annotations.Nullable Rejection damage) implements Piece {
        @Override
        public int bytes() {
            return text.length();
        }
    }

    /** Some entries of a batch or collection that is too large for memory. */
    record Entries(Input input, BundlePlan plan, List<Entry> entries, int bytes) implements Piece {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /** An entry of a bundle by its index. */
    record Entry(int index, Slice text) {}

    /** What can't be read at all. */
    record Broken(Input input, Item.Bad item) implements Piece {
        @Override
        public int bytes() {
            return 0;
        }
    }
}
