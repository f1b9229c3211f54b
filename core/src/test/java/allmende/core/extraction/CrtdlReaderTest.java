package allmende.core.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Problem;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Data selections, by the cases in {@code crtdl/extractions.json}. */
final class CrtdlReaderTest {

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream stream = CrtdlReaderTest.class.getResourceAsStream("/crtdl/extractions.json")) {
            return FhirJson.parse(Objects.requireNonNull(stream).readAllBytes()).values().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void problemsAndDeparturesAreWhereExpected(JsonNode given) {
        ExtractionRead read = CrtdlReader.read(given.path("crtdl"));
        assertThat(pointers(read.problems())).containsExactlyInAnyOrderElementsOf(texts(given.path("problems")));
        assertThat(pointers(read.departures())).containsExactlyInAnyOrderElementsOf(texts(given.path("departures")));
        assertThat(read.usable()).isEqualTo(given.path("problems").isEmpty());
        assertThat(read.problems())
                .allSatisfy(problem -> assertThat(problem.message()).endsWith("."));
    }

    private static List<String> pointers(List<Problem> problems) {
        return problems.stream().map(Problem::pointer).distinct().toList();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    @Test
    void theModelHasWhatIsWritten() throws IOException {
        JsonNode second = cases().skip(1).findFirst().orElseThrow();
        Extraction extraction = CrtdlReader.read(second.path("crtdl")).extraction();
        AttributeGroup group = extraction.group("c").orElseThrow();
        assertThat(group.attributes()).extracting(Attribute::mustHave).containsExactly(true, false);
        assertThat(group.attributes().getLast().linkedGroups()).containsExactly("p");
        assertThat(group.filters()).hasSize(2);
        assertThat(group.pointer()).isEqualTo("/dataExtraction/attributeGroups/1");
    }

    @ParameterizedTest
    @CsvSource({"Diagnose, diagnose", "'  Ärzte & Größen ', aerzte_groessen", "É-1, e_1", "Straße, strasse"})
    void namesBecomeFileNames(String name, String slug) {
        assertThat(GroupNames.slug(name)).isEqualTo(slug);
    }
}
