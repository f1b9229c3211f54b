package allmende.app.fhirapi.fuzz;

import java.util.List;
import java.util.Random;

/** Decides by chance, from a seed: the same again for the same seed. */
final class Chance {

    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in so many times. */
    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    @SafeVarargs
    final <T> T of(T... all) {
        return all[random.nextInt(all.length)];
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Text of any characters, control characters and halves of surrogates among them. */
    String text(int lengthMax) {
        int length = random.nextInt(lengthMax + 1);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char)
                    switch (random.nextInt(8)) {
                        case 0 -> random.nextInt(32);
                        case 1 -> random.nextInt(0x10000);
                        case 2 -> "\"\\'%&=|$,:;/?#()[]{}<>+ ".charAt(random.nextInt(24));
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }
}
