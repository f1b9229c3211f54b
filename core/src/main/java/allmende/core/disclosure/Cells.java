package allmende.core.disclosure;

import allmende.core.disclosure.CountReport.Cell;
import java.util.ArrayList;
import java.util.List;

/** Releases a cohort by age and sex, in cells as fine as the released total allows. */
final class Cells {

    /**
     * Cuts of the ages into groups of bands, finest first.
     *
     * @param firstBands the bands in which groups begin
     */
    private record Cut(List<Integer> firstBands) {

        int lastBand(int group) {
            return (group + 1 < firstBands.size() ? firstBands.get(group + 1) : Strata.BANDS.size()) - 1;
        }

        /** Cells that usually have patients: the third sex is rare. */
        int usualCells() {
            return 2 * firstBands.size();
        }
    }

    private static final List<Cut> CUTS = List.of(
            new Cut(List.of(0, 1, 2, 3, 4, 5, 6, 7)),
            new Cut(List.of(0, 1, 3, 5)),
            new Cut(List.of(0, 1, 5)),
            new Cut(List.of(0)));

    private final Noise noise;
    private final Mechanism mechanism;
    private final Decision decision;

    Cells(DisclosureRules rules, Noise noise) {
        this.noise = noise;
        this.mechanism = Mechanism.of(rules, rules.microEpsilon(rules.shares().distribution()));
        this.decision = new Decision(rules, mechanism);
    }

    List<Cell> release(Strata cohort, Disclosed total) {
        if (!(total instanceof Disclosed.Counted(long patients, long plusMinus))) {
            return List.of();
        }
        // an even spread would lift every usual cell over the threshold
        for (Cut cut : CUTS) {
            if (patients >= cut.usualCells() * decision.threshold()) {
                return cells(cohort, cut, patients);
            }
        }
        return List.of();
    }

    private List<Cell> cells(Strata cohort, Cut cut, long total) {
        List<Cell> cells = new ArrayList<>();
        for (int sex = 0; sex < Strata.SEXES.size(); sex++) {
            for (int group = 0; group < cut.firstBands().size(); group++) {
                cells.add(cell(cohort, cut, group, sex, total));
            }
        }
        return cells;
    }

    private Cell cell(Strata cohort, Cut cut, int group, int sex, long total) {
        int first = cut.firstBands().get(group);
        int last = cut.lastBand(group);
        long count = 0;
        for (int band = first; band <= last; band++) {
            count += cohort.patients(Strata.cell(band, sex));
        }
        int ageFrom = Strata.BANDS.get(first);
        Integer ageTo = Strata.lastAge(last);
        String name = Strata.SEXES.get(sex);
        long noised = count + noise.of(mechanism, "cell/" + name + "/" + ageFrom + "-" + ageTo);
        Disclosed told = decision.of(count, Math.min(noised, total));
        return new Cell(ageFrom, ageTo, name, told);
    }
}
