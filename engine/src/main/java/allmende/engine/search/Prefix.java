package allmende.engine.search;

import java.util.Locale;

/** How a value of a parameter is compared with an ordered value (FHIR R4, 3.1.1.4.5). */
enum Prefix {
    EQ,
    NE,
    GT,
    LT,
    GE,
    LE,
    SA,
    EB,
    AP;

    private static final int LENGTH = 2;

    /** A prefix and what follows it. */
    record Prefixed(Prefix prefix, String rest) {}

    /** The prefix that a value begins with; without one it is {@link #EQ}. */
    static Prefixed of(String value) {
        if (value.length() > LENGTH && Character.isLetter(value.charAt(0))) {
            for (Prefix prefix : values()) {
                if (value.startsWith(prefix.name().toLowerCase(Locale.ROOT))) {
                    return new Prefixed(prefix, value.substring(LENGTH));
                }
            }
        }
        return new Prefixed(EQ, value);
    }
}
