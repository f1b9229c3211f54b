package allmende.core.disclosure;

import allmende.core.disclosure.CountReport.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the sites' distributions up, in the coarsest cells that any of them gives. Sites without one are left out. */
final class CountryCells {

    private final long hiddenBelow;

    CountryCells(long hiddenBelow) {
        this.hiddenBelow = hiddenBelow;
    }

    List<CountryAnswer.Cell> of(List<CountReport> reports) {
        List<List<Cell>> distributions = reports.stream()
                .map(CountReport::distribution)
                .filter(cells -> !cells.isEmpty())
                .toList();
        List<Cell> coarsest =
                distributions.stream().min(Comparator.comparingInt(List::size)).orElse(List.of());
        List<CountryAnswer.Cell> cells = new ArrayList<>();
        for (Cell cell : coarsest) {
            CountrySum sum = new CountrySum();
            distributions.forEach(distribution ->
                    distribution.stream().filter(part -> within(part, cell)).forEach(part -> sum.add(part.patients())));
            cells.add(new CountryAnswer.Cell(cell.ageFrom(), cell.ageTo(), cell.sex(), sum.figure(hiddenBelow)));
        }
        return cells;
    }

    private static boolean within(Cell part, Cell whole) {
        return (whole.sex().equals("any") || part.sex().equals(whole.sex()))
                && part.ageFrom() >= whole.ageFrom()
                && end(part.ageTo()) <= end(whole.ageTo());
    }

    private static int end(@Nullable Integer age) {
        return age == null ? Integer.MAX_VALUE : age;
    }
}
