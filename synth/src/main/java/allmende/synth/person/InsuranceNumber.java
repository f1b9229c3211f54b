package allmende.synth.person;

/**
 * German health insurance number (Krankenversichertennummer, ten characters): a letter, eight digits, a check digit. The
 * check digit: the letter as two digits of its place in the alphabet, then all ten digits weighted 1 and 2 in turn, the
 * digit sums of the products added, modulo 10.
 */
public final class InsuranceNumber {

    private static final long SPACE = 26L * 100_000_000L;

    /** Shares no factor with the 26 × 10^8 numbers, so that no two patients get the same one. */
    private static final long STRIDE = 1_618_033_993L;

    private InsuranceNumber() {}

    /** The number of the patient with that index: unique up to 2.6 thousand million patients. */
    public static String of(long index) {
        long number = Math.floorMod(index % SPACE * STRIDE + 271_828_183L, SPACE);
        char letter = (char) ('A' + number / 100_000_000L);
        String digits = Long.toString(100_000_000L + number % 100_000_000L).substring(1);
        return letter + digits + checkDigit(letter + digits);
    }

    /** The check digit of the first nine characters. */
    public static int checkDigit(String nine) {
        int place = nine.charAt(0) - 'A' + 1;
        int sum = digitSum(place / 10) + digitSum(2 * (place % 10));
        for (int i = 1; i < 9; i++) {
            int weight = i % 2 == 1 ? 1 : 2;
            sum += digitSum(weight * (nine.charAt(i) - '0'));
        }
        return sum % 10;
    }

    private static int digitSum(int product) {
        return product / 10 + product % 10;
    }
}
