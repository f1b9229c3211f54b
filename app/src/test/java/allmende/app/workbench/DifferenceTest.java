package allmende.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.disclosure.CountryAnswer.Figure;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static Difference of(Figure left, Figure right) {
        return Difference.of(left, right).orElseThrow();
    }

    @Test
    void joinsTheIntervalsByTheRootOfTheSumOfTheirSquares() {
        Difference difference = of(new Figure.Sum(500, 30, 0), new Figure.Sum(300, 40, 0));
        assertThat(difference).isEqualTo(new Difference(200, 150, 250));
        assertThat(difference.withinUncertainty()).isFalse();
    }

    @Test
    void aDifferenceSmallerThanTheNoiseTellsNothing() {
        Difference difference = of(new Figure.Sum(500, 30, 0), new Figure.Sum(549, 40, 0));
        assertThat(difference).isEqualTo(new Difference(-49, -99, 1));
        assertThat(difference.withinUncertainty()).isTrue();
        assertThat(of(new Figure.Sum(500, 30, 0), new Figure.Sum(551, 40, 0)).withinUncertainty())
                .isFalse();
    }

    @Test
    void patientsAtSitesThatHaveFewMayComeOnTopOfEitherSide() {
        Difference difference = of(new Figure.Sum(100, 0, 7), new Figure.Sum(90, 0, 12));
        assertThat(difference).isEqualTo(new Difference(10, -2, 17));
        assertThat(difference.withinUncertainty()).isTrue();
    }

    @Test
    void aHiddenTotalHasNoDifference() {
        assertThat(Difference.of(new Figure.Hidden(20), new Figure.Sum(90, 6, 0)))
                .isEmpty();
        assertThat(Difference.of(new Figure.Sum(90, 6, 0), new Figure.Zero())).isEmpty();
    }
}
