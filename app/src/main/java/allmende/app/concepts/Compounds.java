package allmende.app.concepts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes German compounds apart: {@code herzinsuffizienz} is {@code herz} and {@code insuffizienz}. What a word may be cut
 * into is known from the words that stand alone elsewhere, so no dictionary is needed.
 */
final class Compounds {

    private static final int WHOLE_MIN = 8;
    private static final int HEAD_MIN = 3;
    private static final int TAIL_MIN = 4;

    /** Letters that join the parts; the empty one first. */
    private static final String[] JOINTS = {"", "s", "n", "en", "es", "er", "e"};

    private final Predicate<String> standsAlone;

    Compounds(Predicate<String> standsAlone) {
        this.standsAlone = standsAlone;
    }

    /** The parts of a folded word, in their order; empty where it is not known to have any. */
    List<String> parts(String word) {
        List<String> parts = new ArrayList<>();
        return word.length() >= WHOLE_MIN && cut(word, parts) ? parts : List.of();
    }

    /** Prefers the longest last part, which names the kind of thing. */
    private boolean cut(String word, List<String> parts) {
        for (int at = HEAD_MIN; at <= word.length() - TAIL_MIN; at++) {
            String tail = word.substring(at);
            if (standsAlone.test(tail) && head(word.substring(0, at), parts)) {
                parts.add(tail);
                return true;
            }
        }
        return false;
    }

    private boolean head(String head, List<String> parts) {
        for (String joint : JOINTS) {
            String stem = head.endsWith(joint) ? head.substring(0, head.length() - joint.length()) : "";
            if (stem.length() >= HEAD_MIN && standsAlone.test(stem)) {
                parts.add(stem);
                return true;
            }
        }
        return head.length() >= WHOLE_MIN && cut(head, parts);
    }
}
