package allmende.engine.count;

import allmende.core.cohort.AgeWindow;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.ValueFilter.Comparator;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.engine.index.IndexSnapshot;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Counts cohorts by age and sex. Ages are those of the age criterion, of the earliest birth that a partial date allows; who
 * has died is as old as if still alive, as there.
 */
public final class Distribution {

    private static final String PERSON = "Patient";
    private static final Coding AGE = new Coding("http://snomed.info/sct", "424144002");
    private static final Coding SEX = new Coding("http://snomed.info/sct", "263495000");
    private static final String GENDER = "http://hl7.org/fhir/administrative-gender";
    private static final List<String> KNOWN_SEXES = List.of("female", "male", "other");
    private static final String UNKNOWN_SEX = "unknown";

    /** Youngest ages of the bands. */
    private static final List<Integer> BANDS = List.of(0, 18, 30, 40, 50, 60, 70, 80);

    private record Band(int from, @Nullable Integer to, RoaringBitmap patients) {}

    private final List<Band> bands;
    private final Map<String, RoaringBitmap> sexes;

    /**
     * Reads who is of which age and sex in a snapshot.
     *
     * @param today the day that ages are counted on
     */
    public Distribution(IndexSnapshot snapshot, LocalDate today) {
        bands = bands(snapshot, today);
        sexes = sexes(snapshot);
    }

    private static List<Band> bands(IndexSnapshot snapshot, LocalDate today) {
        List<Long> bounds = BANDS.stream().map(age -> latestBirth(age, today)).toList();
        List<RoaringBitmap> atLeast = snapshot.bornUntil(PERSON, AGE, bounds);
        List<Band> bands = new ArrayList<>();
        bands.add(
                new Band(AgeSexCell.UNKNOWN_AGE, null, RoaringBitmap.andNot(snapshot.patients(), atLeast.getFirst())));
        for (int i = 0; i < BANDS.size(); i++) {
            boolean last = i == BANDS.size() - 1;
            bands.add(new Band(
                    BANDS.get(i),
                    last ? null : BANDS.get(i + 1) - 1,
                    last ? atLeast.get(i) : RoaringBitmap.andNot(atLeast.get(i), atLeast.get(i + 1))));
        }
        return bands;
    }

    /** The last minute of birth of those who have completed so many years. */
    private static long latestBirth(int age, LocalDate today) {
        ValueFilter atLeast = new ValueFilter.Comparison(Comparator.GE, BigDecimal.valueOf(age), "a");
        List<TimeSpan> births = AgeWindow.birthWindows(atLeast, today);
        return births.isEmpty() ? TimeSpan.OPEN_START : births.getLast().endMinute();
    }

    private static Map<String, RoaringBitmap> sexes(IndexSnapshot snapshot) {
        Map<String, RoaringBitmap> sexes = new LinkedHashMap<>();
        RoaringBitmap unknown = snapshot.patients();
        List<RoaringBitmap> known = snapshot.having(
                PERSON,
                SEX,
                KNOWN_SEXES.stream().map(sex -> new Coding(GENDER, sex)).toList());
        for (int i = 0; i < KNOWN_SEXES.size(); i++) {
            RoaringBitmap having = known.get(i);
            having.and(unknown); // one sex for each patient, whatever the data say
            unknown.andNot(having);
            sexes.put(KNOWN_SEXES.get(i), having);
        }
        sexes.put(UNKNOWN_SEX, unknown);
        return sexes;
    }

    /** The cells of a set of patients: always the same ones in the same order. */
    public List<AgeSexCell> of(RoaringBitmap cohort) {
        List<AgeSexCell> cells = new ArrayList<>();
        for (Band band : bands) {
            RoaringBitmap ofAge = RoaringBitmap.and(cohort, band.patients());
            sexes.forEach((sex, having) -> cells.add(
                    new AgeSexCell(band.from(), band.to(), sex, RoaringBitmap.andCardinality(ofAge, having))));
        }
        return cells;
    }
}
