package allmende.app.web;

import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.app.site.SiteUnavailable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
        types.forEach((type, count) -> modules.merge(MODULES.getOrDefault(type, "other"), count, Long::sum));
        long most = modules.values().stream().mapToLong(Long::longValue).max().orElse(1);
        List<Overview.ModuleCount> counts = modules.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> new Overview.ModuleCount(
                        entry.getKey(),
                        entry.getValue(),
                        String.format(Locale.ROOT, "%.2f%%", HUNDRED * entry.getValue() / most)))
                .toList();
        long resources = types.values().stream().mapToLong(Long::longValue).sum();
        return new Overview(t, types.getOrDefault("Patient", 0L), resources, counts, Overview.Timeline.NONE);
    }
}
