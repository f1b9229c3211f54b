package allmende.engine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.core.fhir.FhirJson;
import allmende.core.view.View;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TabulationTest {

    private static final String VIEW = """
            {"name": "v", "resource": "Patient", "select": [{"column": [
              {"name": "id", "path": "id", "type": "id"},
              {"name": "active", "path": "active", "type": "boolean"},
              {"name": "born", "path": "birthDate", "type": "date", "tag": [{"name": "ansi/type", "value": "DATE"}]},
              {"name": "births", "path": "multipleBirth.ofType(integer)", "type": "integer"},
              {"name": "given", "path": "name.given", "type": "string", "collection": true},
              {"name": "changed", "path": "meta.lastUpdated", "type": "instant"}]}]}
            """;
    private static final String ONE = """
            {"resourceType": "Patient", "id": "1", "active": true, "birthDate": "1970-06-01", "multipleBirthInteger": 2, "name": [{"given": ["A, B", "C"]}], "meta": {"lastUpdated": "2024-01-02T03:04:05.678+01:00"}}
            """;
    private static final String TWO = "{\"resourceType\": \"Patient\", \"id\": \"2\"}\n";
    private static final String YEAR_ONLY = "{\"resourceType\": \"Patient\", \"id\": \"3\", \"birthDate\": \"1970\"}\n";

    @TempDir
    Path folder;

    private static View view() {
        return switch (View.read(FhirJson.parse(VIEW.getBytes(StandardCharsets.UTF_8)))) {
            case View.Read.Compiled(View view) -> view;
            case View.Read.Refused refused -> throw new AssertionError(refused);
        };
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Tabulation.Outcome run(TableFormat format, Path out, boolean skip, Path... files)
            throws IOException, InterruptedException {
        View view = view();
        try (NdjsonSource source = new NdjsonSource(List.of(files));
                TableSink sink = format.to(out, view.columns())) {
            return new Tabulation(view, skip, 2).run(source, sink, _ -> {});
        }
    }

    @Test
    void writesCommaSeparatedValues() throws IOException, InterruptedException {
        Path out = folder.resolve("t.csv");
        assertThat(run(TableFormat.CSV, out, false, file("p.ndjson", ONE + "\n" + TWO)))
                .isEqualTo(new Tabulation.Outcome.Done(2, 2, 0));
        assertThat(out).hasContent("""
                id,active,born,births,given,changed\r
                1,true,1970-06-01,2,"[""A, B"",""C""]",2024-01-02T03:04:05.678+01:00\r
                2,,,,[],\r
                """);
    }

    @Test
    void writesALinePerRow() throws IOException, InterruptedException {
        Path out = folder.resolve("t.ndjson");
        run(TableFormat.NDJSON, out, false, file("p.ndjson", ONE + TWO));
        assertThat(Files.readAllLines(out).getLast())
                .isEqualTo(
                        "{\"id\":\"2\",\"active\":null,\"born\":null,\"births\":null,\"given\":[],\"changed\":null}");
    }

    @Test
    void writesParquetWithRealTypes() throws IOException, InterruptedException, SQLException {
        Path out = folder.resolve("t.parquet");
        run(TableFormat.PARQUET, out, false, file("p.ndjson", ONE + TWO));
        assertThat(query("select column_name || ' ' || column_type from (describe select * from '" + out + "')"))
                .containsExactly(
                        "id VARCHAR",
                        "active BOOLEAN",
                        "born DATE",
                        "births INTEGER",
                        "given VARCHAR[]",
                        "changed TIMESTAMP WITH TIME ZONE");
        assertThat(query("select id || born || births || len(given) || epoch_ms(changed) from '" + out
                        + "' where active"))
                .containsExactly("11970-06-01221704161045678");
        assertThat(query("select count(*) from '" + out + "' where active is null"))
                .containsExactly("1");
        assertThat(left()).containsExactlyInAnyOrder("p.ndjson", "t.parquet");
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** A year is no date: told by its place, and no half table is left. */
    @Test
    void stopsAtWhatDoesNotFitAndLeavesNothing() throws IOException, InterruptedException {
        Path files = file("p.ndjson", ONE + TWO + YEAR_ONLY);
        assertThat(run(TableFormat.PARQUET, folder.resolve("t.parquet"), false, files))
                .isInstanceOfSatisfying(Tabulation.Outcome.Unfit.class, unfit -> {
                    assertThat(unfit.place()).isEqualTo(3);
                    assertThat(unfit.reason()).contains("born").doesNotContain("1970");
                });
        assertThat(left()).containsExactly("p.ndjson");
        assertThat(run(TableFormat.PARQUET, folder.resolve("t.parquet"), true, files))
                .isEqualTo(new Tabulation.Outcome.Done(3, 2, 1));
    }

    @Test
    void malformedLinesDoNotFit() throws IOException, InterruptedException {
        Path files = file("p.ndjson", ONE + "{\"resourceType\"\n" + TWO);
        assertThat(run(TableFormat.CSV, folder.resolve("t.csv"), false, files))
                .isEqualTo(new Tabulation.Outcome.Unfit(2, "It is no JSON."));
        assertThat(run(TableFormat.CSV, folder.resolve("t.csv"), true, files))
                .isEqualTo(new Tabulation.Outcome.Done(3, 2, 1));
    }

    @Test
    void keepsTheOrderOverManyPagesAndFiles() throws IOException, InterruptedException {
        Path plain = file("a.ndjson", patients(0, 1_700));
        Path packed = folder.resolve("b.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(patients(1_700, 2_400).strip().getBytes(StandardCharsets.UTF_8));
        }
        AtomicLong told = new AtomicLong();
        View view = view();
        Path out = folder.resolve("t.csv");
        try (NdjsonSource source = new NdjsonSource(List.of(plain, packed));
                TableSink sink = TableFormat.CSV.to(out, view.columns())) {
            assertThat(new Tabulation(view, false, 3).run(source, sink, told::set))
                    .isEqualTo(new Tabulation.Outcome.Done(2_400, 2_400, 0));
        }
        assertThat(told).hasValue(2_400);
        assertThat(Files.readAllLines(out).stream().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_400).mapToObj(Integer::toString).toList());
    }

    private static String patients(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"resourceType\": \"Patient\", \"id\": \"" + i + "\"}\n")
                .collect(Collectors.joining());
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatThrownBy(() -> run(TableFormat.CSV, folder.resolve("t.csv"), false, folder.resolve("none.ndjson")))
                .isInstanceOf(SourceUnreadable.class);
        assertThatThrownBy(() -> run(TableFormat.CSV, folder.resolve("no/t.csv"), false, file("p.ndjson", TWO)))
                .isInstanceOf(TableUnwritable.class);
    }
}
