package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

class CcdlWriterTest {

    private static final Catalogue CATALOGUE = Catalogues.shipped();

    private final CcdlReader reader = new CcdlReader(CATALOGUE);
    private final CcdlWriter writer = new CcdlWriter();

    @Property(tries = 200)
    void readingWhatWasWrittenGivesTheSameQuery(@ForAll("queries") CohortQuery query) {
        CohortQuery first = read(writer.write(query));
        assertThat(first)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*pointer")
                .isEqualTo(query);
        assertThat(read(writer.write(first))).isEqualTo(first);
    }

    /** Every valid query of the case files, whatever version it was written in, survives writing. */
    @Example
    void queriesOfEveryVersionSurvive() throws IOException {
        Path file = Path.of(System.getProperty("allmende.root"), "core/src/test/resources/ccdl/versions.json");
        int valid = 0;
        for (JsonNode one : FhirJson.parse(Files.readAllBytes(file))) {
            if (reader.read(FhirJson.write(one.get("query"))) instanceof ParsedQuery.Valid(CohortQuery query)) {
                assertThat(read(writer.write(query))).isEqualTo(query);
                valid++;
            }
        }
        assertThat(valid).isGreaterThan(7);
    }

    @Provide
    Arbitrary<CohortQuery> queries() {
        return QueryArbitraries.queries(CATALOGUE);
    }

    private CohortQuery read(byte[] json) {
        ParsedQuery read = reader.read(json);
        assertThat(read).isInstanceOf(ParsedQuery.Valid.class);
        return ((ParsedQuery.Valid) read).query();
    }
}
