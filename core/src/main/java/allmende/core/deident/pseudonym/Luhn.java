package allmende.core.deident.pseudonym;

/** Luhn's check digit to any even base: every second symbol from the right is doubled, and its digits to that base added. */
final class Luhn {

    private Luhn() {}

    static int of(int[] body, int size) {
        int sum = 0;
        for (int i = 0; i < body.length; i++) {
            int value = body[body.length - 1 - i];
            int doubled = 2 * value;
            sum += i % 2 == 0 ? doubled / size + doubled % size : value;
        }
        return Math.floorMod(-sum, size);
    }
}
