package allmende.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Problem;
import allmende.engine.count.CountAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs the case files on every backend. */
final class CaseFilesTest {

    private static final Catalogue CATALOGUE = Catalogues.shipped();

    private static List<CaseFile> files() throws IOException {
        return CaseFile.all(Path.of(System.getProperty("allmende.root")).resolve("engine/src/test/resources/cases"));
    }

    @Test
    void thereAreManyCases() throws IOException {
        assertThat(files().stream().mapToInt(file -> file.cases().size()).sum()).isGreaterThanOrEqualTo(40);
    }

    @TestFactory
    List<DynamicNode> naiveEvaluatorAnswers() throws IOException {
        List<DynamicNode> nodes = new ArrayList<>();
        for (CaseFile file : files()) {
            nodes.add(dynamicContainer(
                    file.name(),
                    file.cases().stream()
                            .filter(one -> !one.has("problem"))
                            .map(one -> dynamicTest(one.title(), () -> askNaively(file, one)))));
        }
        return nodes;
    }

    private static void askNaively(CaseFile file, CaseFile.Case one) {
        World world = new World(file.transactions(), List.of(), one.today());
        List<JsonNode> resources = List.copyOf(world.after(file.transactions().size()));
        NaiveEvaluator.Cohort cohort =
                new NaiveEvaluator(CATALOGUE, SampleCodes.NAIVE, resources, one.today()).find(query(one));
        assertThat(cohort.patients()).as(one.title()).isEqualTo(one.patients());
        if (one.has("funnel")) {
            assertThat(Funnels.write(cohort.funnel())).isEqualTo(one.field("funnel"));
        }
    }

    @TestFactory
    Stream<DynamicNode> indexAnswers(@TempDir Path directory) throws IOException {
        return files().stream().map(file -> dynamicContainer(file.name(), indexTests(directory, file)));
    }

    private static Stream<DynamicNode> indexTests(Path directory, CaseFile file) {
        IndexUnderTest index = new IndexUnderTest(
                directory.resolve(file.name()), new MemoryStore(), CATALOGUE, SampleCodes.TERMINOLOGY);
        file.transactions().forEach(index::write);
        List<DynamicNode> tests = new ArrayList<>();
        List<CaseFile.Case> answered =
                file.cases().stream().filter(one -> !one.has("problem")).toList();
        answered.forEach(one -> tests.add(dynamicTest(one.title(), () -> ask(index, one))));
        tests.add(dynamicTest("(the same from a rebuilt index)", () -> {
            index.rebuild();
            answered.forEach(one -> ask(index, one));
        }));
        tests.add(dynamicTest("(close)", index::close));
        return tests.stream();
    }

    private static void ask(IndexUnderTest index, CaseFile.Case one) {
        CountAnswer answer = index.count(query(one), one.today());
        assertThat(answer.count()).as(one.title()).isEqualTo(one.patients().size());
        if (one.has("funnel")) {
            assertThat(Funnels.write(answer.funnel())).as(one.title()).isEqualTo(one.field("funnel"));
        }
        List<String> notes = one.has("notes") ? one.words("notes") : List.of();
        assertThat(answer.notes())
                .as(one.title())
                .extracting(CountAnswer.Note::pointer)
                .hasSameElementsAs(notes);
    }

    @TestFactory
    Stream<DynamicNode> wrongQueriesAreExplained() throws IOException {
        return files().stream()
                .flatMap(file -> file.cases().stream())
                .filter(one -> one.has("problem"))
                .map(one -> dynamicTest(one.title(), () -> {
                    ParsedQuery read = new CcdlReader(CATALOGUE).read(one.query());
                    assertThat(read).isInstanceOf(ParsedQuery.Invalid.class);
                    assertThat(((ParsedQuery.Invalid) read).problems())
                            .extracting(Problem::pointer)
                            .containsExactlyElementsOf(one.words("problem"));
                }));
    }

    private static CohortQuery query(CaseFile.Case one) {
        return switch (new CcdlReader(CATALOGUE).read(one.query())) {
            case ParsedQuery.Valid(CohortQuery query) -> query;
            case ParsedQuery.Invalid(List<Problem> problems) ->
                throw new AssertionError("Case '" + one.title() + "': " + problems);
        };
    }
}
