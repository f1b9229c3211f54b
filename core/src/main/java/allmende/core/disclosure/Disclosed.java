package allmende.core.disclosure;

/** A number that has passed the release gate, or why there is none. Never the true count. */
public sealed interface Disclosed {

    /**
     * A noised and rounded number of patients.
     *
     * @param value the number, never negative
     * @param plusMinus half the width of the 95 % interval around it, noise and rounding together
     */
    record Counted(long value, long plusMinus) implements Disclosed {
        public Counted {
            if (value < 0 || plusMinus < 0) {
                throw new IllegalArgumentException("a number of patients and its uncertainty are not negative");
            }
        }
    }

    /** The noised count is 0 or less. The true count is 0 or close to it. */
    record Zero() implements Disclosed {}

    /**
     * Not enough patients to give a number.
     *
     * @param below the noised count is below this; so is the true count, but for the noise. At least the site's minimum
     */
    record Few(long below) implements Disclosed {
        public Few {
            if (below < 1) {
                throw new IllegalArgumentException("few means below a positive number");
            }
        }
    }

    /** No number, whatever the data; the reason depends on rules and on other released numbers only. */
    record Withheld(Reason reason) implements Disclosed {}

    /** Why a number is withheld. */
    enum Reason {
        /** The site's rules do not spend privacy budget on such numbers. */
        NOT_RELEASED,
        /** The total itself is not given, so nothing that would divide it is. */
        TOTAL_NOT_GIVEN
    }
}
