package allmende.app.federation;

import java.util.regex.Pattern;

/**
 * Name of a portal or a site, unique in a federation and part of everything that it signs.
 *
 * @param value 2 to 64 small letters, digits, dots and hyphens, beginning with a letter
 */
public record PartyId(String value) implements Comparable<PartyId> {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9.-]{1,63}");

    /** Refuses what is no name of a party. */
    public PartyId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "A party is named by 2 to 64 small letters, digits, dots and hyphens, beginning with a letter");
        }
    }

    /** Whether this text may name a party. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(PartyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
