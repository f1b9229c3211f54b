package allmende.core.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The official conformance tests of SQL on FHIR v2. Skips visibly where they are not at hand. */
final class SqlOnFhirTest {

    @TestFactory
    Stream<DynamicTest> official() throws IOException {
        Path folder = Path.of(System.getProperty("allmende.root"), "..", "shared", "testdata", "sql-on-fhir");
        assumeTrue(Files.isDirectory(folder), "The conformance tests of SQL on FHIR are not at hand");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode suite = FhirJson.parse(Files.readAllBytes(file));
                for (JsonNode test : suite.path("tests").values()) {
                    String name = file.getFileName() + ": " + test.path("title").asString("");
                    tests.add(DynamicTest.dynamicTest(name, () -> check(suite.path("resources"), test)));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void check(JsonNode resources, JsonNode test) {
        View.Read read = View.read(test.path("view"));
        boolean wrong = test.path("expectError").booleanValue(false);
        if (read instanceof View.Read.Refused(List<ViewProblem> problems)) {
            assertThat(wrong).as("%s", problems).isTrue();
            return;
        }
        View view = ((View.Read.Compiled) read).view();
        List<Map<String, Object>> rows = new ArrayList<>();
        try {
            resources.forEach(resource -> view.rows(resource, cells -> rows.add(row(view, cells))));
        } catch (ViewFault fault) {
            assertThat(wrong).as(fault.reason()).isTrue();
            return;
        }
        if (wrong) {
            fail("an error was expected, not " + rows);
        }
        List<Map<String, Object>> expected = new ArrayList<>();
        test.path("expect").forEach(row -> expected.add(wanted(row)));
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        if (test.has("expectColumns")) {
            List<String> columns = new ArrayList<>();
            test.path("expectColumns").forEach(column -> columns.add(column.stringValue()));
            assertThat(view.columns()).extracting(Column::name).isEqualTo(columns);
        }
    }

    private static Map<String, Object> row(View view, Object[] cells) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            row.put(view.columns().get(i).name(), plain(cells[i]));
        }
        return row;
    }

    private static Object plain(Object cell) {
        return switch (cell) {
            case Long number -> BigDecimal.valueOf(number).stripTrailingZeros();
            case BigDecimal number -> number.stripTrailingZeros();
            case List<?> list -> list.stream().map(SqlOnFhirTest::plain).toList();
            case null -> "null";
            default -> cell;
        };
    }

    private static Map<String, Object> wanted(JsonNode row) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        row.properties().forEach(cell -> wanted.put(cell.getKey(), plain(value(cell.getValue()))));
        return wanted;
    }

    private static Object value(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> json.stringValue();
            case NUMBER -> json.decimalValue();
            case BOOLEAN -> json.booleanValue();
            case ARRAY -> json.values().stream().map(SqlOnFhirTest::value).toList();
            default -> "null";
        };
    }
}
