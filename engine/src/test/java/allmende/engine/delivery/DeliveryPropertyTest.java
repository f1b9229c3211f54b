package allmende.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.extraction.Extracted;
import allmende.core.fhir.FhirJson;
import allmende.engine.extract.BatchSink;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the values: a row per resource, and every text and number reads back as it was. */
class DeliveryPropertyTest {

    /** What a measured value is made of. */
    record Measured(String text, String code, BigDecimal value, int others) {}

    @Property(tries = 12)
    void valuesReadBack(@ForAll("measurements") List<Measured> measurements) throws IOException, SQLException {
        Path temp = Files.createTempDirectory("delivery-property");
        try {
            DeliveryWriter writer = DeliveryWriter.open(
                    temp.resolve("d"), SampleDelivery.plan(EnumSet.of(DeliveryFormat.CSV, DeliveryFormat.PARQUET)));
            try (BatchSink batch = writer.batch(1)) {
                for (int i = 0; i < measurements.size(); i++) {
                    batch.patient("p" + i, List.of(observation(i, measurements.get(i))));
                }
                batch.complete();
            }
            Delivery delivery = writer.finish();
            assertThat(delivery.unfit()).isEmpty();
            assertThat(delivery.tables()).containsEntry("laborwerte", (long) measurements.size());
            assertThat(delivery.tables())
                    .containsEntry(
                            "laborwerte_codes",
                            measurements.stream()
                                    .mapToLong(each -> 1 + each.others())
                                    .sum());
            Path table = delivery.folder().resolve("tables/laborwerte");
            List<List<String>> csv =
                    DeliveryWriterTest.query("select code, code_text, value_quantity from read_csv('" + table
                            + ".csv', header = true, all_varchar = true, quote = '\"', escape = '\"', nullstr = '',"
                            + " allow_quoted_nulls = false, parallel = false)");
            List<List<String>> expected = measurements.stream()
                    .map(each -> List.of(each.code(), each.text(), each.value().toPlainString()))
                    .toList();
            assertThat(csv).isEqualTo(expected);
            List<List<String>> parquet = DeliveryWriterTest.query(
                    "select code, code_text, value_quantity from read_parquet('" + table + ".parquet')");
            for (int i = 0; i < expected.size(); i++) {
                assertThat(parquet.get(i).subList(0, 2))
                        .isEqualTo(expected.get(i).subList(0, 2));
                assertThat(Double.parseDouble(parquet.get(i).getLast()))
                        .isEqualTo(measurements.get(i).value().doubleValue());
            }
        } finally {
            Trees.delete(temp);
        }
    }

    private static Extracted observation(int number, Measured measured) {
        ObjectNode json = FhirJson.mapper().createObjectNode();
        json.put("resourceType", "Observation").put("id", "o" + number);
        json.putObject("subject").put("reference", "Patient/p" + number);
        ObjectNode code = json.putObject("code").put("text", measured.text());
        var codings = code.putArray("coding");
        codings.addObject().put("system", "http://loinc.org").put("code", measured.code());
        for (int i = 0; i < measured.others(); i++) {
            codings.addObject().put("system", "http://example.org/" + i).put("code", measured.code() + i);
        }
        json.putObject("valueQuantity").put("value", measured.value());
        return new Extracted(json, new TreeSet<>(List.of("l")));
    }

    @Provide
    Arbitrary<List<Measured>> measurements() {
        Arbitrary<String> texts = Arbitraries.of(
                        "\"", ",", "\n", "\r\n", "ä", "ß", "€", "💉", "\\", "'", " ", "a", ";", "\t", "NULL", "\"\"",
                        "0")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
        Arbitrary<String> codes = Arbitraries.of("001", "I10.00", "0", "718-7", "1e5", "NaN", "true", "-1.10");
        Arbitrary<BigDecimal> values = Combinators.combine(
                        Arbitraries.integers().between(-1_000_000, 1_000_000),
                        Arbitraries.integers().between(0, 6))
                .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale));
        return Combinators.combine(texts, codes, values, Arbitraries.integers().between(0, 3))
                .as(Measured::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }
}
