package allmende.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a {@link SearchScaleRun} as lines of the benchmark table. */
final class ScaleReport {

    private ScaleReport() {}

    /** Adds what was measured at these sizes. */
    static void add(ResultTable table, Map<String, String> figures, List<Long> sizes) {
        for (long size : sizes) {
            String resources = String.format(Locale.ROOT, "%,d resources", size);
            double added = number(figures, "added." + size);
            table.plain(
                    "scale: filling the index",
                    Samples.of(added / number(figures, "filled." + size)),
                    "resources/s",
                    "up to " + resources);
            table.plain(
                    "scale: index", Samples.of(number(figures, "bytes." + size) / size), "bytes/resource", resources);
        }
        for (ScaleQuery query : ScaleQuery.ALL) {
            for (long size : sizes) {
                String key = query.name() + "." + size;
                table.plain(
                        "scale: " + query.title() + (query.growing() ? ", hits grow" : ", hits stay"),
                        JsonbRun.samples(text(figures, "ms." + key)),
                        "ms",
                        String.format(Locale.ROOT, "%,d resources, %s hits", size, text(figures, "hits." + key)));
            }
        }
    }

    private static double number(Map<String, String> figures, String name) {
        return Double.parseDouble(text(figures, name));
    }

    private static String text(Map<String, String> figures, String name) {
        String value = figures.get(name);
        if (value == null) {
            throw new BenchFailure("The run did not print " + name);
        }
        return value;
    }
}
