package allmende.app.quality;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.quality.UsualUnits.Use;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsualUnitsTest {

    private static final Rule.Support SUPPORT = new Rule.Support(100, 95);

    @Test
    void aUnitOfAnotherKindThanMostIsUnusual() {
        List<Use> uses = List.of(
                new Use("2345-7", "mg/dL", 60),
                new Use("2345-7", "g/L", 38),
                new Use("2345-7", "mmol/L", 2),
                new Use("1-1", "nonsense", 1),
                new Use("1-1", "mg", 99));
        assertThat(UsualUnits.unusual(uses, SUPPORT, code -> false))
                .containsExactlyInAnyOrder(new Use("2345-7", "mmol/L", 2), new Use("1-1", "nonsense", 1));
    }

    @Test
    void nothingIsUsualThatWasSeenTooSeldomOrIsDisputed() {
        assertThat(UsualUnits.unusual(List.of(new Use("a", "mg", 98), new Use("a", "mm", 1)), SUPPORT, code -> false))
                .isEmpty();
        assertThat(UsualUnits.unusual(
                        List.of(new Use("a", "mg", 500), new Use("a", "mm", 500)), SUPPORT, code -> false))
                .isEmpty();
        assertThat(UsualUnits.unusual(List.of(new Use("a", "mg", 5_000)), SUPPORT, code -> false))
                .isEmpty();
    }

    @Test
    void declaredBoundsGoFirst() {
        List<Use> uses = List.of(new Use("718-7", "g/dL", 99), new Use("718-7", "mm", 1));
        assertThat(UsualUnits.unusual(uses, SUPPORT, "718-7"::equals)).isEmpty();
    }
}
