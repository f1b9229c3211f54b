package allmende.engine.terminology;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders versions of code systems: years, dates, dotted numbers, and SNOMED's URIs that end in a date. */
final class VersionOrder {

    /** Newer before older; no version last. */
    static final Comparator<String> NEWEST_FIRST =
            ((Comparator<String>) VersionOrder::compare).reversed().thenComparing(Comparator.naturalOrder());

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}");

    private VersionOrder() {}

    private static int compare(String a, String b) {
        List<BigInteger> left = numbers(a);
        List<BigInteger> right = numbers(b);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** Of a version in a URI only what follows {@code /version/} counts. */
    private static List<BigInteger> numbers(String version) {
        int at = version.lastIndexOf("/version/");
        Matcher matcher = NUMBER.matcher(at < 0 ? version : version.substring(at));
        return matcher.results().map(result -> new BigInteger(result.group())).toList();
    }

    /**
     * Whether a version that is here is the one wanted: the same, or a SNOMED edition without a date, or the beginning of a
     * dotted number ({@code 2.78} finds 2.78.1).
     */
    static boolean fits(String here, String wanted) {
        return here.equals(wanted) || here.startsWith(wanted + ".") || here.startsWith(wanted + "/version/");
    }
}
