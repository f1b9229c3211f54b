package allmende.engine.packages;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/** The order of versions: numbers by size, a release after its own previews, no version before any. */
final class Versions {

    /** Older before newer. */
    static final Comparator<String> ORDER = Versions::compare;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,40}");

    private Versions() {}

    /** Whether the version is the wanted one, or one that the wanted one is the beginning of: {@code 2026} or {@code 1.5.x}. */
    static boolean fits(String version, String wanted) {
        if (wanted.isEmpty() || wanted.equals("*") || wanted.equals("latest") || wanted.equals("current")) {
            return true;
        }
        String stem = wanted.replaceAll("(\\.[xX*])+$", "");
        return version.equals(stem) || version.startsWith(stem + ".");
    }

    private static int compare(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(!a.isEmpty(), !b.isEmpty());
        }
        String[] left = a.split("-", 2);
        String[] right = b.split("-", 2);
        int release = parts(left[0], right[0]);
        if (release != 0) {
            return release;
        }
        if (left.length != right.length) {
            return Integer.compare(right.length, left.length);
        }
        return left.length == 1 ? 0 : parts(left[1], right[1]);
    }

    private static int parts(String a, String b) {
        String[] left = a.split("[.-]");
        String[] right = b.split("[.-]");
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int one = part(i < left.length ? left[i] : "0", i < right.length ? right[i] : "0");
            if (one != 0) {
                return one;
            }
        }
        return 0;
    }

    private static int part(String a, String b) {
        boolean numbers = DIGITS.matcher(a).matches() && DIGITS.matcher(b).matches();
        return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }
}
