package allmende.core.deident.risk;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class RiskTest {

    private static final RiskColumns COLUMNS = new RiskColumns(List.of("sex", "birth"), List.of("diagnosis"));

    @Test
    void countsGroups() {
        RiskCounter counter = new RiskCounter(COLUMNS);
        Stream.of("f 1960 A", "f 1960 B", "f 1960 A", "m 1960 A", "m 1961 A", "m 1961 A")
                .map(RiskTest::row)
                .forEach(counter::add);
        RiskReport report = counter.report();
        assertThat(report.rows()).isEqualTo(6);
        assertThat(report.classes()).isEqualTo(3);
        assertThat(report.k()).isEqualTo(1);
        assertThat(report.uniques()).isEqualTo(1);
        assertThat(report.sizes())
                .containsEntry("2", 2L)
                .containsEntry("3-4", 3L)
                .containsEntry("20+", 0L);
        assertThat(report.l()).isEqualTo(Map.of("diagnosis", 1));
        assertThat(report.prosecutorRisk()).isEqualTo(1);
        assertThat(report.marketerRisk()).isEqualTo(0.5);

        Suppression two = counter.suppression(new Thresholds(2, 1));
        assertThat(two.suppressed()).isEqualTo(1);
        assertThat(two.keeps(row("m 1960 Z"))).isFalse();
        assertThat(two.keeps(row("m 1961 Z"))).isTrue();
        assertThat(counter.suppression(new Thresholds(2, 2)).left()).isEqualTo(3);
    }

    @Test
    void emptyTableHasNoRisk() {
        RiskReport report = new RiskCounter(COLUMNS).report();
        assertThat(report.k()).isZero();
        assertThat(report.prosecutorRisk()).isZero();
        assertThat(report.marketerRisk()).isZero();
    }

    @Test
    void neverUnderstatesBeyondTheBound() {
        RiskCounter counter = new RiskCounter(COLUMNS, 1);
        Stream.of("f 1960 A", "f 1960 B", "m 1960 A", "m 1960 B")
                .map(RiskTest::row)
                .forEach(counter::add);
        assertThat(counter.report().uncounted()).isEqualTo(2);
        assertThat(counter.report().k()).isEqualTo(1);
        assertThat(counter.report().uniques()).isEqualTo(2);
        assertThat(counter.suppression(new Thresholds(2, 1)).keeps(row("m 1960 A")))
                .isFalse();
    }

    @Property(tries = 200)
    void agreesWithNaiveCounting(
            @ForAll("tables") List<RiskRow> rows,
            @ForAll @IntRange(min = 1, max = 5) int k,
            @ForAll @IntRange(min = 1, max = 3) int l) {
        RiskCounter counter = new RiskCounter(COLUMNS);
        rows.forEach(counter::add);
        RiskReport report = counter.report();
        Map<List<String>, List<RiskRow>> groups =
                rows.stream().collect(Collectors.groupingBy(RiskRow::quasiIdentifiers));
        long smallest = rows.stream().mapToLong(row -> alike(rows, row)).min().orElse(0);
        assertThat(report.k()).isEqualTo(smallest);
        assertThat(report.classes()).isEqualTo(groups.size());
        assertThat(report.uniques())
                .isEqualTo(rows.stream().filter(row -> alike(rows, row) == 1).count());
        assertThat(report.sizes().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(rows.size());

        Suppression suppression = counter.suppression(new Thresholds(k, l));
        List<RiskRow> left = rows.stream().filter(suppression::keeps).toList();
        assertThat(left).hasSize((int) suppression.left());
        assertThat(suppression.left() + suppression.suppressed()).isEqualTo(rows.size());
        for (RiskRow row : left) {
            assertThat(alike(left, row)).isGreaterThanOrEqualTo(k);
            assertThat(different(left, row)).isGreaterThanOrEqualTo(l);
        }
        for (RiskRow row : rows) {
            boolean mustGo = alike(rows, row) < k || different(rows, row) < l;
            assertThat(suppression.keeps(row)).as("no row goes that need not").isEqualTo(!mustGo);
        }
    }

    @Property(tries = 50)
    void orderOfRowsDoesNotMatter(@ForAll("tables") List<RiskRow> rows, @ForAll long seed) {
        RiskCounter one = new RiskCounter(COLUMNS);
        rows.forEach(one::add);
        List<RiskRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        RiskCounter other = new RiskCounter(COLUMNS);
        shuffled.forEach(other::add);
        assertThat(other.report()).isEqualTo(one.report());
        Thresholds thresholds = new Thresholds(3, 2);
        Map<RiskRow, Boolean> kept = new HashMap<>();
        rows.forEach(row -> kept.put(row, one.suppression(thresholds).keeps(row)));
        kept.forEach((row, keeps) ->
                assertThat(other.suppression(thresholds).keeps(row)).isEqualTo(keeps));
    }

    @Test
    void rowOfAPatientOfTheCoreDataSet() {
        List<JsonNode> resources = Stream.of(
                        "{`resourceType`:`Patient`,`birthDate`:`1960-10`,`gender`:`female`,`address`:[{`postalCode`:`44`}]}",
                        "{`resourceType`:`Encounter`,`id`:`e2`,`period`:{`start`:`2024-05`},`diagnosis`:[{`condition`:{`reference`:`Condition/a`},`rank`:1}]}",
                        "{`resourceType`:`Encounter`,`id`:`e1`,`period`:{`start`:`2023-05`},`diagnosis`:[{`condition`:{`reference`:`Condition/a`},`rank`:2},"
                                + "{`condition`:{`reference`:`Condition/b`},`use`:{`coding`:[{`code`:`CC`}]}}]}",
                        "{`resourceType`:`Condition`,`id`:`a`,`code`:{`coding`:[{`system`:`http://fhir.de/CodeSystem/bfarm/icd-10-gm`,`code`:`E11.90`}]}}",
                        "{`resourceType`:`Condition`,`id`:`b`,`code`:{`coding`:[{`system`:`http://fhir.de/CodeSystem/bfarm/icd-10-gm`,`code`:`I21.0`}]}}")
                .map(text -> FhirJson.parse(text.replace('`', '"').getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(KdsRisk.WITH_DIAGNOSIS.row(resources).quasiIdentifiers())
                .containsExactly("1960-10", "female", "44", "false", "I21");
        assertThat(KdsRisk.DEMOGRAPHIC.row(resources).sensitive()).containsExactly("I21");
        assertThat(KdsRisk.DEMOGRAPHIC.row(List.of()).quasiIdentifiers()).containsExactly("", "", "", "false");
    }

    @Provide
    Arbitrary<List<RiskRow>> tables() {
        Arbitrary<RiskRow> rows = Combinators.combine(
                        Arbitraries.of("f", "m", ""),
                        Arbitraries.of("1960", "1961", "1962"),
                        Arbitraries.of("A", "B", "C"))
                .as((sex, birth, diagnosis) -> new RiskRow(List.of(sex, birth), List.of(diagnosis)));
        return rows.list().ofMaxSize(40);
    }

    private static long alike(List<RiskRow> rows, RiskRow row) {
        return rows.stream()
                .filter(other -> other.quasiIdentifiers().equals(row.quasiIdentifiers()))
                .count();
    }

    private static int different(List<RiskRow> rows, RiskRow row) {
        Set<String> values = new HashSet<>();
        rows.stream()
                .filter(other -> other.quasiIdentifiers().equals(row.quasiIdentifiers()))
                .forEach(other -> values.add(other.sensitive().getFirst()));
        return values.size();
    }

    private static RiskRow row(String text) {
        String[] words = text.split(" ");
        return new RiskRow(List.of(words[0], words[1]), List.of(words[2]));
    }
}
