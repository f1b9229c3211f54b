package allmende.engine.statistics;

import allmende.core.disclosure.PublishedStatistics.Years;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Patients of one node, gathered from the concepts below it. */
final class Gathered {

    /** Years before this one come from wrong dates more often than from old resources. */
    private static final int FIRST_YEAR = 1990;

    private static final int LAST_YEAR = 2100;

    private final RoaringBitmap patients = new RoaringBitmap();
    private final TreeMap<Integer, RoaringBitmap> byYear = new TreeMap<>();

    void add(@Nullable Integer year, RoaringBitmap some) {
        patients.or(some);
        if (year != null && year >= FIRST_YEAR && year <= LAST_YEAR) {
            byYear.computeIfAbsent(year, _ -> new RoaringBitmap()).or(some);
        }
    }

    RoaringBitmap patients() {
        return patients;
    }

    Years years() {
        if (byYear.isEmpty()) {
            return Years.NONE;
        }
        List<Integer> counts = new ArrayList<>();
        for (int year = byYear.firstKey(); year <= byYear.lastKey(); year++) {
            RoaringBitmap some = byYear.get(year);
            counts.add(some == null ? 0 : some.getCardinality());
        }
        return new Years(byYear.firstKey(), counts);
    }
}
