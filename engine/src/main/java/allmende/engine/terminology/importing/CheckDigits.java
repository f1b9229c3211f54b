package allmende.engine.terminology.importing;

/** Proves by their last digit that codes are not mistyped. */
final class CheckDigits {

    private static final int[][] MULTIPLY = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };

    private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    private static final int CYCLE = 8;
    private static final int[][] POSITIONS = positions();
    private static final int SCTID_MIN = 6;
    private static final int SCTID_MAX = 18;

    private CheckDigits() {}

    private static int[][] positions() {
        int[][] table = new int[CYCLE][10];
        for (int digit = 0; digit < 10; digit++) {
            table[0][digit] = digit;
        }
        for (int place = 1; place < CYCLE; place++) {
            for (int digit = 0; digit < 10; digit++) {
                table[place][digit] = PERMUTATION[table[place - 1][digit]];
            }
        }
        return table;
    }

    /** Whether a SNOMED CT identifier has 6 to 18 digits of which the last is right (Verhoeff's scheme). */
    static boolean sctid(String id) {
        if (id.length() < SCTID_MIN || id.length() > SCTID_MAX || id.charAt(0) == '0') {
            return false;
        }
        int check = 0;
        for (int i = 0; i < id.length(); i++) {
            int digit = id.charAt(id.length() - 1 - i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            check = MULTIPLY[check][POSITIONS[i % CYCLE][digit]];
        }
        return check == 0;
    }

    /** Whether the digit after the hyphen of a LOINC code is right (modulus 10, doubling every second from the right). */
    static boolean luhn(String code) {
        int sum = 0;
        int hyphen = code.indexOf('-');
        for (int i = 0; i < hyphen; i++) {
            int digit = code.charAt(hyphen - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return (sum + code.charAt(hyphen + 1) - '0') % 10 == 0;
    }
}
