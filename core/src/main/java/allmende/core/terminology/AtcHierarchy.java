package allmende.core.terminology;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The anatomical therapeutic chemical classification: what stands below a code follows from the code itself, so positions
 * are computed and no list is needed. The five levels {@code A}, {@code A10}, {@code A10B}, {@code A10BA},
 * {@code A10BA02} are the digits of a number; an absent level is 0, which puts a code right before everything below it.
 */
final class AtcHierarchy implements Hierarchy {

    /** Digit ranges per level: a letter or two figures, each with an extra 0 for "absent". */
    private static final int[] BASE = {27, 101, 27, 27, 101};

    private static final int LEVELS = BASE.length;

    /** Code length to number of levels; 0 where no level ends. */
    private static final int[] LEVELS_OF_LENGTH = {0, 1, 0, 2, 3, 4, 0, 5};

    @Override
    public OptionalInt position(String code) {
        int levels = code.length() < LEVELS_OF_LENGTH.length ? LEVELS_OF_LENGTH[code.length()] : 0;
        if (levels == 0) {
            return OptionalInt.empty();
        }
        int position = 0;
        int at = 0;
        for (int level = 0; level < LEVELS; level++) {
            int digit = 0;
            if (level < levels) {
                boolean letter = BASE[level] == 27;
                digit = letter ? letter(code, at) : figures(code, at);
                at += letter ? 1 : 2;
                if (digit < 0) {
                    return OptionalInt.empty();
                }
            }
            position = position * BASE[level] + digit;
        }
        return OptionalInt.of(position);
    }

    @Override
    public List<Interval> subtree(int position) {
        int width = 1;
        int level = LEVELS - 1;
        // the trailing zero digits are the levels below
        while (level > 0 && position / width % BASE[level] == 0) {
            width *= BASE[level];
            level--;
        }
        return List.of(new Interval(position, position + width - 1));
    }

    @Override
    public String code(int position) {
        StringBuilder code = new StringBuilder();
        int width = 1;
        for (int level = LEVELS - 1; level >= 0; level--) {
            int digit = position / width % BASE[level];
            width *= BASE[level];
            if (digit > 0) {
                code.insert(0, BASE[level] == 27 ? Character.toString('A' + digit - 1) : "%02d".formatted(digit - 1));
            }
        }
        return code.toString();
    }

    /** None: the classification's texts are not part of the program. */
    @Override
    public Optional<String> display(String code) {
        return Optional.empty();
    }

    /** The numbering follows from this class alone. */
    @Override
    public long fingerprint() {
        return 1;
    }

    @Override
    public int size() {
        return 0;
    }

    private static int letter(String code, int at) {
        char c = code.charAt(at);
        return c >= 'A' && c <= 'Z' ? c - 'A' + 1 : -1;
    }

    private static int figures(String code, int at) {
        int tens = code.charAt(at) - '0';
        int ones = code.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones + 1;
    }
}
