package allmende.core.deident.pseudonym;

/**
 * Two check symbols {@code p, q} so that the word's polynomial is zero at 1 and at α. Two conditions on words no longer than
 * the order of α: any two different words differ in three places at least.
 */
final class ReedSolomon {

    private ReedSolomon() {}

    static int[] of(int[] body, Field field) {
        int atOne = 0;
        int atAlpha = 0;
        for (int symbol : body) {
            atOne = field.plus(atOne, symbol);
            atAlpha = field.plus(field.times(atAlpha, field.primitive()), symbol);
        }
        int alpha = field.primitive();
        int shifted = field.times(atAlpha, field.times(alpha, alpha));
        // p + q = -atOne and p·α + q = -shifted, thus p·(1 - α) = shifted - atOne
        int p = field.over(field.minus(shifted, atOne), field.minus(1, alpha));
        int q = field.minus(field.minus(0, atOne), p);
        return new int[] {p, q};
    }
}
