package allmende.core.deident.pseudonym;

/** Verhoeff's check digit: digits are permuted by their place and combined in the dihedral group of the pentagon. */
final class Verhoeff {

    private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    private static final int PERIOD = 8;
    private static final int SIDES = 5;

    private Verhoeff() {}

    static int of(int[] body) {
        int sum = 0;
        for (int i = 0; i < body.length; i++) {
            sum = product(sum, permuted(body[body.length - 1 - i], (i + 1) % PERIOD));
        }
        return inverse(sum);
    }

    private static int permuted(int digit, int times) {
        int result = digit;
        for (int i = 0; i < times; i++) {
            result = PERMUTATION[result];
        }
        return result;
    }

    /** 0 to 4 are turns of the pentagon, 5 to 9 flips. */
    private static int product(int a, int b) {
        boolean flipA = a >= SIDES;
        boolean flipB = b >= SIDES;
        int turn = Math.floorMod(flipA ? a % SIDES - b % SIDES : a % SIDES + b % SIDES, SIDES);
        return flipA == flipB ? turn : turn + SIDES;
    }

    private static int inverse(int a) {
        return a < SIDES ? Math.floorMod(-a, SIDES) : a;
    }
}
