package allmende.core.deident.pseudonym;

import java.util.Locale;

/** How the last symbols of a pseudonym follow from those before, so that slips of the pen are found. */
public enum CheckMethod {

    /** No check digit: nothing is found. */
    NONE,

    /** J. Verhoeff, 1969, over the dihedral group of order 10. Digits only; finds single errors and adjacent transpositions. */
    VERHOEFF,

    /**
     * H. M. Damm, 2004, over a totally anti-symmetric quasigroup. For 10 symbols, or a power of two from 4 on; finds single
     * errors and adjacent transpositions.
     */
    DAMM,

    /**
     * H. P. Luhn, 1954, for any even number of symbols. Finds single errors, and adjacent transpositions but those of the
     * first and the last symbol of the alphabet.
     */
    LUHN,

    /**
     * Two check symbols of a Reed–Solomon code of distance 3, for alphabets whose number of symbols is prime or a power of
     * two. Finds any two wrong symbols, thus every transposition, also of symbols that stand apart.
     */
    REED_SOLOMON;

    private static final int DECIMAL = 10;

    /** As it is written in small letters with hyphens. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many check symbols there are. */
    public int symbols() {
        return switch (this) {
            case NONE -> 0;
            case VERHOEFF, DAMM, LUHN -> 1;
            case REED_SOLOMON -> 2;
        };
    }

    /** Whether it works with an alphabet of this size. */
    public boolean fits(int size) {
        return switch (this) {
            case NONE -> true;
            case VERHOEFF -> size == DECIMAL;
            case DAMM -> size == DECIMAL || (size >= 4 && Field.isPowerOfTwo(size));
            case LUHN -> size % 2 == 0;
            case REED_SOLOMON -> size >= 4 && Field.exists(size);
        };
    }

    /** Most symbols that a word may have, check symbols included. */
    public int lengthMax(int size) {
        return this == REED_SOLOMON ? size - 1 : Integer.MAX_VALUE;
    }

    /** The check symbols of a word. */
    int[] of(int[] body, int size) {
        return switch (this) {
            case NONE -> new int[0];
            case VERHOEFF -> new int[] {Verhoeff.of(body)};
            case DAMM -> new int[] {Damm.of(body, size)};
            case LUHN -> new int[] {Luhn.of(body, size)};
            case REED_SOLOMON -> ReedSolomon.of(body, Field.of(size));
        };
    }
}
