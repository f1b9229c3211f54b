package allmende.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.core.fhir.FhirJson;
import allmende.engine.extract.BatchSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A delivery holds what was given, reads back the same everywhere, and is the same bytes every time. */
class DeliveryWriterTest {

    @TempDir
    private Path temp;

    @Test
    void everyResourceIsARowAndValuesReadBackAsTheyWere() throws Exception {
        Delivery delivery = SampleDelivery.written(temp.resolve("d"), SampleDelivery.plan(), 9)
                .finish();
        assertThat(delivery.tables())
                .containsEntry("patient", 9L)
                .containsEntry("diagnosen", 9L)
                .containsEntry("diagnosen_codes", 36L)
                .containsEntry("laborwerte", 12L)
                .containsEntry("patient_address", 18L)
                .containsEntry("medikamente", 1L);
        assertThat(delivery.unfit()).isEmpty();
        Path tables = delivery.folder().resolve("tables");
        for (String from : List.of(
                "read_csv('" + tables.resolve("diagnosen.csv") + "', all_varchar = true, header = true)",
                "read_parquet('" + tables.resolve("diagnosen.parquet") + "')")) {
            List<String> row = query("select id, patient, code, code_system, code_text, recorded_date from " + from)
                    .getFirst();
            assertThat(row)
                    .containsExactly(
                            "Condition/c0",
                            "Patient/p0",
                            "I10.00",
                            "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
                            SampleDelivery.HARD,
                            "2025-03");
        }
        assertThat(Files.readString(tables.resolve("laborwerte.csv"))).contains(",1.10,");
        assertThat(query(
                        "select typeof(value_quantity), value_quantity::varchar, value_quantity_unit_code from read_parquet('"
                                + tables.resolve("laborwerte.parquet") + "') limit 1"))
                .containsExactly(List.of("DOUBLE", "1.1", "g/dL"));
        assertThat(query("select postal_code, line[2], city from read_parquet('"
                        + tables.resolve("patient_address.parquet") + "') where patient = 'Patient/p3'"))
                .containsExactly(row("01003", "\"links\"", null), row(null, null, "X"));
    }

    @Test
    void tablesAndResourcesTellTheSame() throws Exception {
        Delivery delivery = SampleDelivery.written(temp.resolve("d"), SampleDelivery.plan(), 7)
                .finish();
        Map<String, String> texts = new TreeMap<>();
        for (String line : Files.readAllLines(delivery.folder().resolve("ndjson/Condition.ndjson"))) {
            JsonNode json = FhirJson.parse(line.getBytes(StandardCharsets.UTF_8));
            texts.put(
                    "Condition/" + json.path("id").stringValue(),
                    json.path("code").path("text").stringValue());
        }
        Map<String, String> rows = new TreeMap<>();
        query("select id, code_text from read_parquet('" + delivery.folder().resolve("tables/diagnosen.parquet") + "')")
                .forEach(row -> rows.put(row.getFirst(), row.getLast()));
        assertThat(rows).isEqualTo(texts).hasSize(7);
    }

    @Test
    void bundlesHoldEachPatientAndSayWhichGroup() throws IOException {
        Delivery delivery = SampleDelivery.written(temp.resolve("d"), SampleDelivery.plan(), 3)
                .finish();
        JsonNode core = FhirJson.parse(Files.readAllBytes(delivery.folder().resolve("bundles/core.ndjson")));
        assertThat(core.path("entry").size()).isEqualTo(2);
        List<String> lines = Files.readAllLines(delivery.folder().resolve("bundles/patients-00001.ndjson"));
        assertThat(lines).hasSize(3);
        JsonNode bundle = FhirJson.parse(lines.getLast().getBytes(StandardCharsets.UTF_8));
        assertThat(bundle.path("type").stringValue()).isEqualTo("transaction");
        assertThat(bundle.at("/entry/0/request/url").stringValue()).isEqualTo("Patient/p2");
        assertThat(bundle.at("/entry/0/request/method").stringValue()).isEqualTo("PUT");
        List<String> groups = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            if (entry.at("/resource/resourceType").stringValue().equals("Provenance")) {
                groups.add(entry.at("/resource/entity/0/what/identifier/value").stringValue() + " "
                        + entry.at("/resource/target").size());
            }
        }
        assertThat(groups).containsExactly("p 1", "d 1", "l 2");
    }

    @Test
    void checksumsAreReadByTheShellAndNothingIsLeftBeside() throws Exception {
        Delivery delivery = SampleDelivery.written(temp.resolve("d"), SampleDelivery.plan(), 3)
                .finish();
        Process process = new ProcessBuilder("sha256sum", "-c", "--quiet", "--strict", "checksums.sha256")
                .directory(delivery.folder().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
        try (var paths = Files.list(temp)) {
            assertThat(paths.map(path -> path.getFileName().toString())).containsExactly("d");
        }
    }

    @Test
    void theSameInputIsTheSameBytesWhateverTheOrderOfBatches() throws IOException {
        Delivery one = SampleDelivery.written(temp.resolve("one"), SampleDelivery.plan(), 6)
                .finish();
        DeliveryWriter writer = DeliveryWriter.open(temp.resolve("two"), SampleDelivery.plan());
        for (int number : List.of(3, 1, 2)) {
            try (BatchSink batch = writer.batch(number)) {
                batch.patient("p", SampleDelivery.patient(2 * number - 2));
                batch.patient("p", SampleDelivery.patient(2 * number - 1));
                batch.complete();
            }
        }
        SampleDelivery.written(temp.resolve("two"), SampleDelivery.plan(), 0);
        Delivery two = writer.finish();
        assertThat(two.hash()).isEqualTo(one.hash());
        assertThat(two.files()).isEqualTo(one.files());
    }

    @Test
    void batchesAreReplacedAndUnfinishedOnesVanish() throws IOException {
        Path folder = temp.resolve("d");
        DeliveryWriter writer = SampleDelivery.written(folder, SampleDelivery.plan(), 2);
        BatchSink interrupted = writer.batch(2);
        interrupted.patient("p9", SampleDelivery.patient(9));
        try (BatchSink discarded = writer.batch(3)) {
            discarded.patient("p8", SampleDelivery.patient(8));
        }
        try (BatchSink again = writer.batch(1)) {
            again.patient("p5", SampleDelivery.patient(5));
            again.complete();
        }
        Delivery delivery = DeliveryWriter.open(folder, SampleDelivery.plan()).finish();
        assertThat(delivery.tables()).containsEntry("patient", 1L);
        assertThat(Files.readString(folder.resolve("ndjson/Patient.ndjson"))).contains("\"p5\"");
    }

    @Test
    void aFinishThatWasInterruptedIsDoneAgain() throws IOException {
        Path folder = temp.resolve("d");
        SampleDelivery.written(folder, SampleDelivery.plan(), 2);
        Path building = temp.resolve("d.work/building/tables");
        Files.createDirectories(building);
        Files.writeString(building.resolve("left.csv"), "x");
        Delivery delivery = DeliveryWriter.open(folder, SampleDelivery.plan()).finish();
        assertThat(delivery.files()).noneMatch(file -> file.path().contains("left"));
        assertThat(DeliveryCheck.check(folder))
                .isInstanceOfSatisfying(DeliveryCheck.Outcome.Checked.class, checked -> assertThat(checked.findings())
                        .isEmpty());
    }

    @Test
    void aFinishThatWasDoneIsNotUndoneByAnother() throws IOException {
        Path folder = temp.resolve("d");
        DeliveryWriter writer = SampleDelivery.written(folder, SampleDelivery.plan(), 3);
        try (BatchSink batch = writer.batch(7)) {
            batch.patient(
                    "x",
                    List.of(SampleDelivery.extracted(
                            "p", "{\"resourceType\":\"Patient\",\"id\":\"x\",\"gender\":[\"a\",\"b\"]}")));
            batch.complete();
        }
        Delivery first = writer.finish();
        Delivery second = DeliveryWriter.open(folder, SampleDelivery.plan()).finish();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void onlyTheChosenFormatsAreThere() throws IOException {
        Delivery csv = SampleDelivery.written(
                        temp.resolve("csv"), SampleDelivery.plan(EnumSet.of(DeliveryFormat.CSV)), 2)
                .finish();
        assertThat(csv.files()).noneMatch(file -> file.path().matches("(ndjson|bundles)/.*|.*\\.parquet"));
        Delivery ndjson = SampleDelivery.written(
                        temp.resolve("n"), SampleDelivery.plan(EnumSet.of(DeliveryFormat.NDJSON)), 2)
                .finish();
        assertThat(ndjson.files())
                .extracting(DeliveredFile::path)
                .containsExactly(
                        "README.md",
                        "checksums.sha256",
                        "datapackage.json",
                        "ndjson/Condition.ndjson",
                        "ndjson/Medication.ndjson",
                        "ndjson/Observation.ndjson",
                        "ndjson/Patient.ndjson",
                        "provenance.json",
                        "ro-crate-metadata.json");
        Delivery parquet = SampleDelivery.written(
                        temp.resolve("q"), SampleDelivery.plan(EnumSet.of(DeliveryFormat.PARQUET)), 2)
                .finish();
        assertThat(parquet.files()).anyMatch(file -> file.path().equals("tables/patient.parquet"));
        assertThat(parquet.files()).noneMatch(file -> file.path().matches("tables/.*csv"));
    }

    @Test
    void descriptorsNameEveryFile() throws IOException {
        Delivery delivery = SampleDelivery.written(temp.resolve("d"), SampleDelivery.plan(), 30)
                .finish();
        JsonNode crate = FhirJson.parse(Files.readAllBytes(delivery.folder().resolve("ro-crate-metadata.json")));
        List<String> parts = new ArrayList<>();
        crate.at("/@graph/1/hasPart").forEach(part -> parts.add(part.path("@id").stringValue()));
        assertThat(parts).contains("tables/patient.parquet", "datapackage.json", "README.md", "dictionary.csv");
        JsonNode descriptor =
                FhirJson.parse(Files.readAllBytes(delivery.folder().resolve("datapackage.json")));
        JsonNode codes = null;
        for (JsonNode resource : descriptor.path("resources")) {
            codes = resource.path("path").stringValue().equals("tables/diagnosen_codes.csv") ? resource : codes;
        }
        assertThat(codes).isNotNull();
        assertThat(codes.at("/schema/foreignKeys/0/reference/resource").stringValue())
                .isEqualTo("tables-diagnosen.csv");
        assertThat(codes.path("rows").asLong()).isEqualTo(120);
        String dictionary = Files.readString(delivery.folder().resolve("dictionary.csv"));
        assertThat(dictionary)
                .contains("laborwerte,value_quantity,Laborwerte,", ",value_quantity_unit_code,")
                .contains("laborwerte,code,Laborwerte");
        assertThat(Files.readString(delivery.folder().resolve("README.md")))
                .contains("## Deutsch", "## English", "Nur für das Projekt.", "For the project only.", "read_parquet");
    }

    @Test
    void aFolderThatCanNotBeWrittenIsAClearError() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertThatThrownBy(() -> DeliveryWriter.open(file.resolve("d"), SampleDelivery.plan()))
                .isInstanceOf(DeliveryFailed.class)
                .hasMessageStartingWith("The delivery can't be written");
    }

    @Test
    void resourcesThatDoNotFitKeepTheirRow() throws IOException {
        DeliveryWriter writer = SampleDelivery.written(temp.resolve("d"), SampleDelivery.plan(), 1);
        try (BatchSink batch = writer.batch(7)) {
            batch.patient(
                    "x",
                    List.of(SampleDelivery.extracted(
                            "p", "{\"resourceType\":\"Patient\",\"id\":\"x\",\"gender\":[\"a\",\"b\"]}")));
            batch.complete();
        }
        Delivery delivery = writer.finish();
        assertThat(delivery.tables()).containsEntry("patient", 2L);
        assertThat(delivery.unfit()).containsExactly(Map.entry("patient", 1L));
    }

    private static List<String> row(String... cells) {
        return java.util.Arrays.asList(cells);
    }

    static List<List<String>> query(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
