package allmende.app.pseudonyms;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A domain as the page shows it.
 *
 * @param depth how many domains are above it
 * @param example what its pseudonyms look like; drawn for the page and nobody's
 * @param held how many it holds
 * @param room how many it takes
 * @param percent how full it is, in words
 * @param nearlyFull whether somebody should think of another
 */
record DomainRow(
        PseudonymDomain domain,
        int depth,
        String example,
        String held,
        String room,
        String percent,
        boolean nearlyFull) {

    private static final double NEARLY_FULL_PERCENT = 80;
    private static final int DEPTH_MAX = 4;
    private static final long COUNTABLE = 1_000_000_000_000L;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /** The tree, each domain before those below it. */
    static List<DomainRow> tree(List<PseudonymDomain> domains, SecureRandom random, Locale locale) {
        List<DomainRow> rows = new ArrayList<>();
        add(rows, domains, null, new Look(random, locale));
        return rows;
    }

    private record Look(SecureRandom random, Locale locale) {}

    private static void add(List<DomainRow> rows, List<PseudonymDomain> domains, @Nullable DomainRow above, Look look) {
        String parent = above == null ? null : above.domain().name();
        for (PseudonymDomain domain : domains) {
            if (java.util.Objects.equals(domain.parent(), parent)) {
                DomainRow row = of(domain, above == null ? 0 : Math.min(above.depth() + 1, DEPTH_MAX), look);
                rows.add(row);
                add(rows, domains, row, look);
            }
        }
    }

    private static DomainRow of(PseudonymDomain domain, int depth, Look look) {
        NumberFormat whole = NumberFormat.getIntegerInstance(look.locale());
        NumberFormat percent = NumberFormat.getNumberInstance(look.locale());
        percent.setMaximumFractionDigits(1);
        double full = domain.percentFull();
        long room = domain.form().room();
        String digits = domain.form().possible().divide(BigInteger.TEN).toString();
        return new DomainRow(
                domain,
                depth,
                domain.form().draw(look.random()),
                whole.format(domain.held()),
                room < COUNTABLE ? whole.format(room) : "10" + superscript(digits.length() - 1),
                full > 0 && full < 0.1 ? "< " + percent.format(0.1) : percent.format(full),
                full >= NEARLY_FULL_PERCENT);
    }

    private static String superscript(int number) {
        StringBuilder text = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }
}
