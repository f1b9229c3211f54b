package allmende.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.LoadReport;
import allmende.engine.load.Loader;
import allmende.engine.store.ChangePage;
import allmende.engine.store.Store;
import allmende.engine.store.TestStores;
import allmende.engine.terminology.GermanTerminology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The published test data from its files to counts: loader, PostgreSQL, complete classifications, index. */
final class PublishedDataTest {

    private static final String PREFIX = "mii-exa-test-data-";
    private static final Catalogue CATALOGUE = Catalogues.shipped();

    @Test
    void loadsCompletelyAndAnswersAsCountedByHand(@TempDir Path directory) throws IOException {
        Path data = shared().resolve("testdata/mii-testdata-2026");
        assumeTrue(Files.isDirectory(data), () -> data + " is not there");
        CaseFile file = questions();
        try (Store store = TestStores.empty();
                IndexUnderTest index = new IndexUnderTest(directory, store, CATALOGUE, GermanTerminology.load(null))) {
            LoadReport report = new Loader(store).load(List.of(data), LoadProgress.NONE);
            assertThat(report.quarantined()).isZero();
            assertThat(store.quarantine().count()).isZero();
            index.catchUp();
            List<JsonNode> resources = resources(store);
            assertThat(resources).hasSize((int) report.stored());
            NaiveTerms terms = NaiveClassifications.read();
            for (CaseFile.Case one : file.cases()) {
                CohortQuery query = query(one);
                NaiveEvaluator.Cohort naive = new NaiveEvaluator(CATALOGUE, terms, resources, one.today()).find(query);
                String found = Funnels.write(index.count(query, one.today()).funnel());
                assertThat(found).as(one.title()).isEqualTo(Funnels.write(naive.funnel()));
                assertThat(naive.patients().stream()
                                .map(id -> id.substring(PREFIX.length()))
                                .collect(Collectors.toSet()))
                        .as(one.title())
                        .isEqualTo(one.patients());
                if (one.has("funnel")) {
                    assertThat(found).as(one.title()).isEqualTo(one.field("funnel"));
                }
            }
        }
    }

    private static CaseFile questions() throws IOException {
        Path file = Path.of(System.getProperty("allmende.root"))
                .resolve("engine/src/test/resources/published/mii-testdata-2026.case");
        return CaseFile.read(file.getFileName().toString(), Files.readAllLines(file));
    }

    private static Path shared() {
        String elsewhere = System.getenv("ALLMENDE_SHARED");
        return elsewhere != null ? Path.of(elsewhere) : Path.of(System.getProperty("allmende.root"), "..", "shared");
    }

    private static List<JsonNode> resources(Store store) {
        List<JsonNode> resources = new ArrayList<>();
        ChangePage page = store.changes(0, 1000);
        while (!page.changes().isEmpty()) {
            page.changes().stream()
                    .map(ChangePage.Change::body)
                    .filter(Objects::nonNull)
                    .map(body -> Json.read(new String(body, StandardCharsets.UTF_8)))
                    .forEach(resources::add);
            page = store.changes(page.t(), 1000);
        }
        return resources;
    }

    private static CohortQuery query(CaseFile.Case one) {
        return switch (new CcdlReader(CATALOGUE).read(one.query())) {
            case ParsedQuery.Valid(CohortQuery query) -> query;
            case ParsedQuery.Invalid invalid -> throw new AssertionError(one.title() + ": " + invalid.problems());
        };
    }
}
