package allmende.core.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {

    private final Units units = new Units();

    @ParameterizedTest
    @CsvSource({
        "1, g/dL, g/L, 10",
        "100, mg/dL, g/L, 1",
        "0.1, mmol/L, umol/L, 100",
        "37.2, Cel, K, 310.35",
        "310.35, K, Cel, 37.2",
        "98.6, [degF], Cel, 37",
        "37, Cel, [degF], 98.6",
        "80, [degRe], Cel, 100",
        "37000, mCel, Cel, 37",
        "120, mm[Hg], kPa, 15.99864",
        "5.4, 10*9/L, 10*3/uL, 5.4",
        "5.4, 10*9/l, /nL, 5.4",
        "5, {cells}/uL, /mL, 5000",
        "60, mL/min/{1.73_m2}, mL/s, 1",
        "60, /min, /s, 1",
        "60, {beats}/min, /min, 60",
        "7.5, %, 1, 0.075",
        "1, U/L, ukat/L, 0.0166666666666666666666666666666666667",
        "60, U/L, ukat/L, 1",
        "2, [lb_av], kg, 0.90718474",
        "1, a, d, 365.25",
        "2, wk, d, 14",
        "3, m[iU]/L, u[iU]/mL, 3",
        "3, [IU]/L, [iU]/L, 3",
        "140, meq/L, mmol/L, 140",
        "1, kg/m2, g/cm2, 0.1",
        "6, kg.m/s2, N, 6",
        "1, mg/kg/d, g/(kg.d), 0.001",
        "30, dB, B, 3",
    })
    void convertsExactly(BigDecimal value, String from, String to, BigDecimal expected) {
        BigDecimal converted = units.convert(value, from, to).orElseThrow();
        assertThat(converted).isCloseTo(expected, org.assertj.core.data.Offset.offset(new BigDecimal("1e-33")));
        if (expected.scale() < 20) {
            assertThat(converted).isEqualByComparingTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mmol/L, mg/dL",
        "mmol/L, 1/L",
        "[iU]/L, U/L",
        "[iU]/L, /L",
        "[arb'U], [iU]",
        "[pH], mol/L",
        "mm, mm2",
        "Cel, m",
        "Cel/s, K/s",
        "mmHg, mm[Hg]",
        "mm[Hg], mmHg",
        "Stück, 1",
        "g/, g",
        "m999999, m",
        "99999999999999.g, g",
        "'', 1",
        "((((g, g",
    })
    void refusesWhatDoesNotConvert(String from, String to) {
        assertThat(units.convert(BigDecimal.ONE, from, to)).isEmpty();
        assertThat(units.convertible(from, to)).isFalse();
    }

    @Test
    void unknownTextEqualsItself() {
        assertThat(units.convert(new BigDecimal("1.50"), "IE/l", "IE/l")).contains(new BigDecimal("1.50"));
    }

    @Test
    void refusesNumbersBeyondAllMeasure() {
        assertThat(units.convert(new BigDecimal("1e999999999"), "Cel", "K")).isEmpty();
        assertThat(units.convert(new BigDecimal("1e-999999999"), "Cel", "K")).isEmpty();
    }

    @Property
    void thereAndBackIsTheSame(@ForAll @Scale(4) BigDecimal value, @ForAll("commensurable") List<String> pair) {
        BigDecimal there = units.convert(value, pair.get(0), pair.get(1)).orElseThrow();
        BigDecimal back = units.convert(there, pair.get(1), pair.get(0)).orElseThrow();
        // only the way over a third is rounded, at 34 digits
        assertThat(back.subtract(value).abs())
                .isLessThanOrEqualTo(value.abs().add(BigDecimal.TEN.pow(3)).multiply(new BigDecimal("1e-32")));
    }

    @Provide
    Arbitrary<List<String>> commensurable() {
        return Arbitraries.of(
                        List.of("g/dL", "mg/L", "ug/mL", "kg/m3"),
                        List.of("Cel", "K", "[degF]", "[degRe]"),
                        List.of("mmol/L", "umol/mL", "mol/m3", "meq/L"),
                        List.of("a", "mo", "wk", "d", "h", "min", "s"),
                        List.of("[in_i]", "cm", "[ft_i]", "m"))
                .flatMap(family -> Arbitraries.of(family).list().ofSize(2));
    }
}
