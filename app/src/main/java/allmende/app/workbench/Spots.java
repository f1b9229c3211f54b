package allmende.app.workbench;

import allmende.core.document.Side;
import allmende.core.document.Spot;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How addresses and forms name places in a cohort: {@code inclusion-0} a group, {@code inclusion-0-1} a criterion. */
final class Spots {

    private static final Pattern NAME = Pattern.compile("(inclusion|exclusion)-(\\d{1,4})(?:-(\\d{1,4}))?");

    private Spots() {}

    /** A group; one beyond the last makes a new one. */
    record GroupPlace(Side side, int group) {}

    static String name(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    static String name(Side side, int group) {
        return name(side) + "-" + group;
    }

    static String name(Spot spot) {
        return name(spot.side(), spot.group()) + "-" + spot.criterion();
    }

    static Optional<Spot> spot(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && matcher.group(3) != null
                ? Optional.of(new Spot(side(matcher), number(matcher, 2), number(matcher, 3)))
                : Optional.empty();
    }

    static Optional<GroupPlace> group(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && matcher.group(3) == null
                ? Optional.of(new GroupPlace(side(matcher), number(matcher, 2)))
                : Optional.empty();
    }

    private static Side side(Matcher matcher) {
        return Side.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
