package allmende.app.web;

import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.app.site.SiteUnavailable;
import allmende.engine.index.IndexStatistics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Overviews of what is loaded; made anew when the index has moved on, but not more often than a page is asked for. */
final class Overviews {

    private static final double HUNDRED = 100.0;

    /** Modules of the core data set by the types that they are made of; the rest is "other". */
    private static final Map<String, String> MODULES = Map.ofEntries(
            Map.entry("Patient", "person"),
            Map.entry("Encounter", "encounter"),
            Map.entry("Condition", "diagnosis"),
            Map.entry("Procedure", "procedure"),
            Map.entry("Observation", "observation"),
            Map.entry("DiagnosticReport", "observation"),
            Map.entry("Medication", "medication"),
            Map.entry("MedicationRequest", "medication"),
            Map.entry("MedicationAdministration", "medication"),
            Map.entry("MedicationStatement", "medication"),
            Map.entry("Specimen", "specimen"),
            Map.entry("Consent", "consent"));

    /** The same by the catalogue's files, for what happens at a time. */
    private static final Map<String, String> FACT_MODULES = Map.of(
            "fall", "encounter",
            "diagnose", "diagnosis",
            "prozedur", "procedure",
            "labor", "observation",
            "vitaldaten", "observation",
            "medikation", "medication",
            "biobank", "specimen",
            "consent", "consent");

    private static final String OTHER = "other";

    /** Order of the timeline's columns; consent has no time and the rest is little. */
    private static final List<String> TIMELINE =
            List.of("observation", "medication", "diagnosis", "procedure", "encounter", "specimen");

    /** Older years are left out. */
    private static final int YEARS_MAX = 30;

    private final Site site;
    private volatile Overview last = new Overview(-1, 0, 0, List.of(), Overview.Timeline.NONE);

    Overviews(Site site) {
        this.site = site;
    }

    /** The present overview; an empty one while the site's data is not open. */
    Overview current() {
        SiteData data;
        try {
            data = site.data();
        } catch (SiteUnavailable e) {
            return new Overview(0, 0, 0, List.of(), Overview.Timeline.NONE);
        }
        Overview present = last;
        long t = data.index().t();
        if (present.t() != t) {
            present = make(data, t);
            last = present;
        }
        return present;
    }

    private static Overview make(SiteData data, long t) {
        Map<String, Long> types = data.store().countsByType();
        Map<String, Long> modules = new TreeMap<>();
        types.forEach((type, count) -> modules.merge(MODULES.getOrDefault(type, OTHER), count, Long::sum));
        long most = modules.values().stream().mapToLong(Long::longValue).max().orElse(1);
        List<Overview.ModuleCount> counts = modules.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> new Overview.ModuleCount(
                        entry.getKey(),
                        entry.getValue(),
                        String.format(Locale.ROOT, "%.2f%%", HUNDRED * entry.getValue() / most)))
                .toList();
        long resources = types.values().stream().mapToLong(Long::longValue).sum();
        return new Overview(t, types.getOrDefault("Patient", 0L), resources, counts, timeline(data));
    }

    /** Facts by year of their beginning. */
    private static Overview.Timeline timeline(SiteData data) {
        IndexStatistics statistics = data.index().statistics();
        Map<String, String> moduleOf = new HashMap<>();
        statistics
                .contexts()
                .forEach(
                        context -> moduleOf.put(context.context(), FACT_MODULES.getOrDefault(context.module(), OTHER)));
        NavigableMap<Integer, Map<String, Long>> years = new TreeMap<>();
        Set<String> present = new HashSet<>();
        for (IndexStatistics.MonthCount month : statistics.months()) {
            String module = moduleOf.getOrDefault(month.context(), OTHER);
            present.add(module);
            years.computeIfAbsent(month.month().getYear(), year -> new HashMap<>())
                    .merge(module, month.facts(), Long::sum);
        }
        if (years.isEmpty()) {
            return Overview.Timeline.NONE;
        }
        List<String> columns = TIMELINE.stream().filter(present::contains).toList();
        List<Overview.Year> rows = busyYears(years)
                .mapToObj(year -> row(year, columns, years.getOrDefault(year, Map.of())))
                .toList();
        return new Overview.Timeline(columns, rows);
    }

    /**
     * From the first to the last year with a hundredth of the busiest year's events: what patients brought along, or what
     * runs on into a new year, would distort the picture.
     */
    private static IntStream busyYears(NavigableMap<Integer, Map<String, Long>> years) {
        long busiest = years.values().stream().mapToLong(Overviews::sum).max().orElse(0);
        List<Integer> busy = years.entrySet().stream()
                .filter(year -> sum(year.getValue()) * HUNDRED >= busiest)
                .map(Map.Entry::getKey)
                .toList();
        int last = busy.getLast();
        return IntStream.rangeClosed(Math.max(busy.getFirst(), last - YEARS_MAX + 1), last);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Overview.Year row(int year, List<String> columns, Map<String, Long> counts) {
        return new Overview.Year(
                year,
                columns.stream().map(module -> counts.getOrDefault(module, 0L)).toList());
    }
}
