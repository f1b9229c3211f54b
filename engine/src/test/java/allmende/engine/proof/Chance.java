package allmende.engine.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Draws by lot, from one seed. */
final class Chance {

    private final Random random;

    Chance(Random random) {
        this.random = random;
    }

    boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from {@code low} to {@code high}, both inclusive. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    <T> T of(Collection<? extends T> choices) {
        return new ArrayList<T>(choices).get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> List<T> some(int low, int high, Supplier<? extends T> draw) {
        int count = between(low, high);
        List<T> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(draw.get());
        }
        return drawn;
    }

    <T> List<T> shuffled(Collection<? extends T> things) {
        List<T> mixed = new ArrayList<>(things);
        Collections.shuffle(mixed, random);
        return mixed;
    }
}
