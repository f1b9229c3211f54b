package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CcdlReaderTest {

    private final CcdlReader reader = new CcdlReader(Catalogues.shipped());

    /** Each file of the folder is a list of cases: a query, and where in it problems are. */
    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        Path folder = Path.of(System.getProperty("allmende.root"), "core/src/test/resources/ccdl");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode one : FhirJson.parse(Files.readAllBytes(file))) {
                    String name = file.getFileName() + ": " + one.get("case").stringValue();
                    tests.add(DynamicTest.dynamicTest(name, () -> check(one)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(90);
        return tests.stream();
    }

    private void check(JsonNode one) {
        ParsedQuery read = reader.read(FhirJson.write(one.get("query")));
        List<Problem> problems = read instanceof ParsedQuery.Invalid invalid ? invalid.problems() : List.of();
        List<String> expected = new ArrayList<>();
        one.get("problems").forEach(pointer -> expected.add(pointer.stringValue()));
        assertThat(problems.stream().map(Problem::pointer)).as("%s", problems).containsExactlyElementsOf(expected);
        assertThat(problems)
                .allSatisfy(problem ->
                        assertThat(problem.message()).matches("\"?[A-Zbm].*\\.").doesNotContain("null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"version\":\"2\",}", "{\"version\":\"2\"} x", "{\"a\":1,\"a\":2}"})
    void malformedDocumentsSayWhere(String text) {
        ParsedQuery read = reader.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOfSatisfying(ParsedQuery.Invalid.class, invalid -> assertThat(invalid.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEmpty();
                    assertThat(problem.message()).contains("line 1, column ");
                }));
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        assertThat(reader.read(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
                .isInstanceOf(ParsedQuery.Invalid.class);
    }

    @Test
    void documentsBeyondTheLimitsAreRefusedQuicklyAndOnce() {
        assertThat(problems(reader.read(new byte[CcdlReader.MAX_BYTES + 1]))).hasSize(1);
        assertThat(problems(reader.read(inclusion(criteria(CcdlReader.MAX_CRITERIA + 1)))))
                .extracting(Problem::pointer)
                .containsExactly("/inclusionCriteria");
        assertThat(problems(reader.read(inclusion("[{}" + ",{}".repeat(999) + "]"))))
                .hasSize(CcdlReader.MAX_PROBLEMS);
        String codes = IntStream.rangeClosed(0, CcdlReader.MAX_CODES)
                .mapToObj(number -> "{\"system\":\"urn:x\",\"code\":\"" + number + "\"}")
                .collect(Collectors.joining(","));
        assertThat(problems(reader.read(inclusion("[" + criterion(codes) + "]"))))
                .isNotEmpty();
        assertThat(reader.read(inclusion(criteria(CcdlReader.MAX_CRITERIA)))).isInstanceOf(ParsedQuery.Valid.class);
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(problems(reader.read(inclusion("[".repeat(100_000) + "]".repeat(100_000)))))
                .hasSize(1);
    }

    @Test
    void aQueryIsReadCompletely() {
        ParsedQuery read = reader.read("""
                {"version":"2","display":"x","inclusionCriteria":[[
                  {"context":{"system":"fdpg.mii.cds","code":"Bioprobe","version":"1.0.0","display":"Bioprobe"},
                   "termCodes":[{"system":"http://snomed.info/sct","code":"119364003","display":"Serum"},
                                {"system":"http://snomed.info/sct","code":"119361006"}],
                   "attributeFilters":[{"type":"reference",
                     "attributeCode":{"system":"http://hl7.org/fhir/StructureDefinition","code":"festgestellteDiagnose"},
                     "criteria":[{"context":{"system":"fdpg.mii.cds","code":"Diagnose"},
                       "termCodes":[{"system":"http://fhir.de/CodeSystem/dimdi/icd-10-gm","code":"E13.9"}]}]}],
                   "timeRestriction":{"afterDate":"1970-01-01","beforeDate":"1970-01-02"}}]],
                 "exclusionCriteria":[[
                  {"context":{"system":"fdpg.mii.cds","code":"Laboruntersuchung"},
                   "termCodes":[{"system":"http://loinc.org","code":"2160-0"}],
                   "valueFilter":{"type":"quantity-comparator","comparator":"ne","value":1.20,"unit":{"code":"mg/dL"}}}]]}
                """.getBytes(StandardCharsets.UTF_8));

        CohortQuery query = ((ParsedQuery.Valid) read).query();
        Criterion specimen = query.inclusion().getFirst().getFirst();
        assertThat(specimen.context()).isEqualTo("Specimen");
        assertThat(specimen.termCodes()).hasSize(2);
        assertThat(specimen.display()).isEqualTo("Serum");
        assertThat(specimen.pointer()).isEqualTo("/inclusionCriteria/0/0");
        assertThat(specimen.time()).isNotNull().satisfies(time -> {
            assertThat(time.startMinute()).isZero();
            assertThat(time.endMinute()).isEqualTo(2 * 1440 - 1);
        });
        assertThat(specimen.attributes())
                .singleElement()
                .isInstanceOfSatisfying(AttributeFilter.OfReference.class, reference -> {
                    Criterion diagnosis = reference.criteria().getFirst();
                    assertThat(diagnosis.termCodes())
                            .containsExactly(new Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "E13.9"));
                    assertThat(diagnosis.display()).isEqualTo("E13.9");
                    assertThat(diagnosis.pointer()).isEqualTo("/inclusionCriteria/0/0/attributeFilters/0/criteria/0");
                });
        assertThat(query.exclusion().getFirst().getFirst().value())
                .isEqualTo(new ValueFilter.Comparison(ValueFilter.Comparator.NE, new BigDecimal("1.20"), "mg/dL"));
    }

    private static List<Problem> problems(ParsedQuery read) {
        return ((ParsedQuery.Invalid) read).problems();
    }

    private static byte[] inclusion(String group) {
        return ("{\"version\":\"2\",\"inclusionCriteria\":[" + group + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private static String criteria(int count) {
        String one = criterion("{\"system\":\"urn:x\",\"code\":\"1\"}");
        return "[" + one + ("," + one).repeat(count - 1) + "]";
    }

    private static String criterion(String codes) {
        return "{\"context\":{\"system\":\"fdpg.mii.cds\",\"code\":\"Diagnose\"},\"termCodes\":[" + codes + "]}";
    }
}
