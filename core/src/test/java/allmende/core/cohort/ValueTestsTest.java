package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.cohort.ValueFilter.Comparator;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirTimes;
import allmende.core.terminology.Units;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTestsTest {

    private final ValueTests tests = new ValueTests(new Units(), LocalDate.of(2026, 5, 15));

    @ParameterizedTest
    @CsvSource({
        "5 mg/dL, GT, 5 mg/dL, false",
        "5 mg/dL, GE, 5.0 mg/dL, true",
        "5 mg/dL, EQ, 5.00 mg/dL, true",
        "5 mg/dL, NE, 5.00 mg/dL, false",
        "5 mg/dL, NE, 6 mg/dL, true",
        "5 mg/dL, LT, 6, true",
        "5, LT, 6, true",
        "5, LT, 6 mg/dL, false",
        "5, NE, 6 mg/dL, false",
        "5 Stück, LT, 6 mg/dL, false",
        "10 g/L, EQ, 1 g/dL, true",
        "10.0001 g/L, GT, 1 g/dL, true",
        "120 mmol/L, GE, 0.12 mol/L, true",
        "120 mmol/L, NE, 1 g/L, false",
    })
    void aMeasuredValueIsComparedWithTheBound(String value, Comparator comparator, String bound, boolean meets) {
        Value.Measured measured = new Value.Measured(number(value), unit(value));
        ValueFilter filter = new ValueFilter.Comparison(comparator, number(bound), unit(bound));
        assertThat(tests.meets(measured, filter)).isEqualTo(meets);
    }

    @Test
    void rangesIncludeTheirEnds() {
        ValueFilter range = new ValueFilter.Range(BigDecimal.ONE, BigDecimal.TWO, null);
        assertThat(tests.meets(new Value.Measured(BigDecimal.ONE, "g"), range)).isTrue();
        assertThat(tests.meets(new Value.Measured(BigDecimal.TWO, "g"), range)).isTrue();
        assertThat(tests.meets(new Value.Measured(new BigDecimal("2.01"), "g"), range))
                .isFalse();
    }

    @Test
    void conceptsMeetConceptsOnly() {
        Coding positive = new Coding("http://snomed.info/sct", "10828004");
        ValueFilter concepts = new ValueFilter.Concepts(List.of(positive));
        assertThat(tests.meets(new Value.Coded(positive), concepts)).isTrue();
        assertThat(tests.meets(new Value.Coded(new Coding("x", "10828004")), concepts))
                .isFalse();
        assertThat(tests.meets(new Value.Measured(BigDecimal.ONE, null), concepts))
                .isFalse();
        assertThat(tests.meets(new Value.Coded(positive), new ValueFilter.Range(BigDecimal.ZERO, BigDecimal.TEN, null)))
                .isFalse();
    }

    @Test
    void aBirthMeetsFiltersByAge() {
        Value born = new Value.Born(Objects.requireNonNull(FhirTimes.span("2000")));
        assertThat(tests.meets(born, new ValueFilter.Comparison(Comparator.EQ, BigDecimal.valueOf(25), "a")))
                .isTrue();
        assertThat(tests.meets(born, new ValueFilter.Comparison(Comparator.GE, BigDecimal.valueOf(27), "a")))
                .isFalse();
    }

    private static BigDecimal number(String quantity) {
        return new BigDecimal(quantity.split(" ")[0]);
    }

    private static String unit(String quantity) {
        return quantity.contains(" ") ? quantity.split(" ")[1] : null;
    }
}
