package allmende.core.deident.pseudonym;

/**
 * Damm's check digit: one walks through a quasigroup in which a word and the word with two neighbours exchanged never end at
 * the same place. For ten symbols there is a table; for a power of two, {@code (a + b) · α} in the field of that size does.
 */
final class Damm {

    private static final int[][] DECIMAL = {
        {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
        {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
        {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
        {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
        {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
        {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
        {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
        {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
        {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
        {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}
    };

    private Damm() {}

    static int of(int[] body, int size) {
        int state = 0;
        if (size == DECIMAL.length) {
            for (int digit : body) {
                state = DECIMAL[state][digit];
            }
            return state;
        }
        Field field = Field.of(size);
        for (int symbol : body) {
            state = field.times(field.plus(state, symbol), field.primitive());
        }
        return state;
    }
}
