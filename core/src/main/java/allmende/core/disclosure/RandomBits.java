package allmende.core.disclosure;

/** A stream of independent fair coin flips. */
interface RandomBits {

    /** The next bit. */
    boolean next();

    /**
     * A number from 0 to {@code bound - 1}, each equally likely: exact, by rejection.
     *
     * @param bound from 1 to 2^62
     */
    default long below(long bound) {
        int width = Long.SIZE - Long.numberOfLeadingZeros(bound - 1);
        while (true) {
            long number = 0;
            for (int i = 0; i < width; i++) {
                number = number << 1 | (next() ? 1 : 0);
            }
            if (number < bound) {
                return number;
            }
        }
    }
}
