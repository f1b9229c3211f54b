package allmende.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that a benchmark run prints: what, measured, goal, whether it is met. */
final class ResultTable {

    private final List<String[]> rows = new ArrayList<>();

    /** A figure with a goal that it must not exceed. */
    void atMost(String what, Samples samples, String unit, double goal) {
        add(what, samples, unit, "≤ " + plain(goal), verdict(samples.median() <= goal, samples.median() / goal));
    }

    /** A figure with a goal that it must reach. */
    void atLeast(String what, Samples samples, String unit, double goal) {
        add(what, samples, unit, "≥ " + plain(goal), verdict(samples.median() >= goal, samples.median() / goal));
    }

    /** A figure without a goal. */
    void plain(String what, Samples samples, String unit, String remark) {
        add(what, samples, unit, "", remark);
    }

    void print(PrintStream out) {
        int[] widths = new int[4];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            out.println(("| " + pad(row[0], widths[0]) + " | " + pad(row[1], widths[1]) + " | " + pad(row[2], widths[2])
                    + " | " + pad(row[3], widths[3]) + " |"));
        }
    }

    private void add(String what, Samples samples, String unit, String goal, String verdict) {
        if (rows.isEmpty()) {
            rows.add(new String[] {"what", "median (smallest–largest)", "goal", "result"});
            rows.add(new String[] {"---", "---", "---", "---"});
        }
        rows.add(new String[] {what, samples.show() + " " + unit, goal, verdict});
    }

    private static String verdict(boolean met, double ratio) {
        return String.format(Locale.ROOT, "%s, %.2f of the goal", met ? "met" : "missed", ratio);
    }

    private static String plain(double goal) {
        return goal == Math.rint(goal)
                ? String.format(Locale.ROOT, "%,.0f", goal)
                : String.format(Locale.ROOT, "%.1f", goal);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
