package allmende.core.estimate;

import allmende.core.cohort.Criterion;
import allmende.core.cohort.ValueFilter;
import allmende.core.disclosure.Strata;
import allmende.core.fhir.Coding;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Criteria on age and sex: the strata themselves tell. */
final class Persons {

    private static final Coding AGE = new Coding("http://snomed.info/sct", "424144002");
    private static final Coding SEX = new Coding("http://snomed.info/sct", "263495000");

    /** The last band has no end; few are older than this. */
    private static final double OLDEST = 97;

    private final Population population;

    Persons(Population population) {
        this.population = population;
    }

    /** The patients who meet a criterion on age or sex; null for any other criterion. */
    @Nullable
    Portion of(Criterion criterion) {
        ValueFilter filter = criterion.value();
        if (criterion.termCodes().size() != 1 || filter == null) {
            return null;
        }
        Coding term = criterion.termCodes().getFirst();
        if (term.equals(AGE)) {
            return age(filter);
        }
        return term.equals(SEX) && filter instanceof ValueFilter.Concepts(var concepts) ? sex(concepts) : null;
    }

    private Portion sex(java.util.List<Coding> concepts) {
        Set<Integer> sexes = new HashSet<>();
        concepts.forEach(concept -> {
            int position = Strata.SEXES.indexOf(concept.code());
            sexes.add(position < 0 ? Strata.SEXES.size() - 1 : position);
        });
        double[] least = new double[Population.CELLS];
        double[] likely = new double[Population.CELLS];
        double[] most = new double[Population.CELLS];
        for (int cell = 0; cell < Strata.SIZE; cell++) {
            boolean inside = sexes.contains(cell / Strata.BANDS.size());
            // the last one stands for several
            boolean sure = inside && cell / Strata.BANDS.size() < Strata.SEXES.size() - 1;
            least[cell] = sure ? 1 : 0;
            likely[cell] = inside ? 1 : 0;
            most[cell] = inside ? 1 : 0;
        }
        return portion(least, likely, most);
    }

    private @Nullable Portion age(ValueFilter filter) {
        return switch (filter) {
            case ValueFilter.Concepts concepts -> null;
            case ValueFilter.Range range ->
                between(
                        years(range.minimum().doubleValue(), range.unit()),
                        years(range.maximum().doubleValue() + 1, range.unit()),
                        false);
            case ValueFilter.Comparison comparison -> {
                double from = years(Math.ceil(comparison.value().doubleValue()), comparison.unit());
                double to = years(Math.floor(comparison.value().doubleValue()) + 1, comparison.unit());
                yield switch (comparison.comparator()) {
                    case GE -> between(from, Double.POSITIVE_INFINITY, false);
                    case GT -> between(to, Double.POSITIVE_INFINITY, false);
                    case LE -> between(0, to, false);
                    case LT -> between(0, from, false);
                    case EQ -> between(from, to, false);
                    case NE -> between(from, to, true);
                };
            }
        };
    }

    private static double years(double number, @Nullable String unit) {
        return TimeShare.years(number, unit == null ? "a" : unit);
    }

    /** Ages from {@code from} up to but not including {@code to}; {@code outside} for all others. */
    private Portion between(double from, double to, boolean outside) {
        double[] least = new double[Population.CELLS];
        double[] likely = new double[Population.CELLS];
        double[] most = new double[Population.CELLS];
        int bands = Strata.BANDS.size();
        for (int cell = 0; cell < Strata.SIZE; cell++) {
            int band = cell % bands;
            double start = Strata.BANDS.get(band);
            double end = band + 1 < bands ? Strata.BANDS.get(band + 1) : OLDEST;
            double cover = Math.clamp((Math.min(to, end) - Math.max(from, start)) / (end - start), 0, 1);
            boolean open = band + 1 == bands;
            boolean whole = from <= start && (open ? to == Double.POSITIVE_INFINITY : to >= end);
            boolean touched = cover > 0 || (open && to > start);
            likely[cell] = outside ? 1 - cover : cover;
            least[cell] = outside ? (touched ? 0 : 1) : (whole ? 1 : 0);
            most[cell] = outside ? (whole ? 0 : 1) : (touched ? 1 : 0);
        }
        return portion(least, likely, most);
    }

    /** Who is in no published stratum is like all others, or not. */
    private Portion portion(double[] least, double[] likely, double[] most) {
        int rest = Strata.SIZE;
        double known = population.all() - population.cell(rest);
        double share = known <= 0 ? 0.5 : patients(likely) / known;
        likely[rest] = share;
        most[rest] = 1;
        double slack = Population.SLACK * Math.sqrt(Strata.SIZE);
        boolean everybody = Arrays.stream(likely).limit(Strata.SIZE).allMatch(part -> part == 1);
        return new Portion(
                likely,
                Math.max(0, patients(least) - slack),
                everybody ? population.all() : Math.min(population.all(), patients(most) + slack));
    }

    private double patients(double[] shares) {
        double patients = 0;
        for (int cell = 0; cell < shares.length; cell++) {
            patients += shares[cell] * population.cell(cell);
        }
        return patients;
    }
}
