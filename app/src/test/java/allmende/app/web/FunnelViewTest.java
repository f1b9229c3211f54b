package allmende.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Funnel;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunnelViewTest {

    private static final Funnel FUNNEL = new Funnel(
            List.of(
                    new Funnel.Step(List.of(new Funnel.Leaf("a", "/i/0/0", 400)), 400, 400),
                    new Funnel.Step(
                            List.of(new Funnel.Leaf("b", "/i/1/0", 100), new Funnel.Leaf("c", "/i/1/1", 200)),
                            250,
                            150)),
            List.of(new Funnel.Step(List.of(new Funnel.Leaf("d", "/e/0/0", 1)), 1, 149)),
            149);

    @Test
    void barsAreSharesOfAllPatients() {
        FunnelView view = FunnelView.of(FUNNEL, 1000);

        assertThat(view.rows())
                .extracting(FunnelView.Row::remainingWidth)
                .containsExactly("40.00%", "15.00%", "14.90%");
        assertThat(view.rows()).extracting(FunnelView.Row::removed).containsExactly(600L, 250L, 1L);
        assertThat(view.rows()).extracting(FunnelView.Row::exclusion).containsExactly(false, false, true);
        assertThat(view.rows().get(1).several()).isTrue();
    }

    @Test
    void aSingleAliveBarCanBeSeenAndNoneIsNone() {
        FunnelView view = FunnelView.of(FUNNEL, 1_000_000);

        assertThat(view.rows().get(2).aloneWidth()).isEqualTo("0.40%");
        assertThat(FunnelView.of(
                                new Funnel(
                                        List.of(new Funnel.Step(List.of(new Funnel.Leaf("a", "", 0)), 0, 0)),
                                        List.of(),
                                        0),
                                0)
                        .rows()
                        .getFirst()
                        .remainingWidth())
                .isEqualTo("0%");
    }

    @Test
    void patientsLoadedMeanwhileDoNotBreakThePicture() {
        assertThat(FunnelView.of(FUNNEL, 10).patients()).isEqualTo(400);
    }
}
