package allmende.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Funnel;
import allmende.core.cohort.ParsedQuery;
import allmende.engine.count.AgeSexCell;
import allmende.engine.count.CohortReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import tools.jackson.databind.JsonNode;

/** The index and the naive evaluator give the same counts, whatever is loaded and asked. */
final class AgreementProperties {

    private static final Catalogue CATALOGUE = Catalogues.shipped();

    private static Path directory;
    private static IndexUnderTest shared;
    private static int worlds;

    @Provide
    static Arbitrary<World> worlds() {
        return Arbitraries.randomValue(random -> World.draw(random, CATALOGUE));
    }

    @BeforeContainer
    static void openSharedIndex() throws IOException {
        directory = Files.createTempDirectory("allmende-proof");
        shared = index(directory);
    }

    @AfterContainer
    static void closeSharedIndex() throws IOException {
        shared.close();
        delete(directory);
    }

    /** All worlds go through one index, each after the one before was deleted, as a site sees years of changes. */
    @Property(
            tries = 60,
            shrinking = ShrinkingMode.OFF,
            generation = GenerationMode.RANDOMIZED,
            edgeCases = EdgeCasesMode.NONE)
    void indexAgreesWithNaiveEvaluator(@ForAll("worlds") World world) {
        Optional<String> disagreement = follow(world, shared);
        if (disagreement.isEmpty() && ++worlds % 10 == 0) {
            disagreement = atLast(world, shared);
        }
        shared.write(world.clearing());
        if (disagreement.isPresent() && disagreement(world).isPresent()) {
            World small =
                    Reduction.reduce(world, reduced -> disagreement(reduced).isPresent());
            assertThat(disagreement(small)).as("%s", small.describe()).isEmpty();
        }
        assertThat(disagreement).as("%s", world.describe()).isEmpty();
    }

    @Property(
            tries = 200,
            shrinking = ShrinkingMode.OFF,
            generation = GenerationMode.RANDOMIZED,
            edgeCases = EdgeCasesMode.NONE)
    void documentsAreReadAsTheyAreMeant(@ForAll("worlds") World world) {
        CcdlReader reader = new CcdlReader(CATALOGUE);
        for (CohortQuery query : world.queries()) {
            JsonNode document = Ccdl.write(query);
            assertThat(reader.read(Json.write(document)).toString())
                    .as("%s", document)
                    .isEqualTo(new ParsedQuery.Valid(query).toString().replace("/dimdi/", "/bfarm/"));
        }
    }

    /** What the two first disagree on, in an index of its own; empty where they agree. */
    private static Optional<String> disagreement(World world) {
        try {
            Path directory = Files.createTempDirectory("allmende-proof");
            try (IndexUnderTest index = index(directory)) {
                return follow(world, index).or(() -> atLast(world, index));
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IndexUnderTest index(Path directory) {
        return new IndexUnderTest(directory, new MemoryStore(), CATALOGUE, SampleCodes.TERMINOLOGY);
    }

    private static Optional<String> follow(World world, IndexUnderTest index) {
        for (int count = 1; count <= world.transactions().size(); count++) {
            index.write(world.transactions().get(count - 1));
            Optional<String> found = compare(world, count, index, "that followed to transaction " + count);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> atLast(World world, IndexUnderTest index) {
        int count = world.transactions().size();
        index.reopen();
        Optional<String> opened = compare(world, count, index, "that was opened again");
        index.compact();
        Optional<String> compacted = compare(world, count, index, "that was compacted");
        index.rebuild();
        return opened.or(() -> compacted).or(() -> compare(world, count, index, "that was rebuilt"));
    }

    private static Optional<String> compare(World world, int transactions, IndexUnderTest index, String state) {
        Collection<? extends JsonNode> resources = world.after(transactions);
        NaiveEvaluator naive = new NaiveEvaluator(CATALOGUE, SampleCodes.NAIVE, List.copyOf(resources), world.today());
        for (CohortQuery query : world.queries()) {
            NaiveEvaluator.Cohort cohort = naive.find(query);
            Funnel funnel = cohort.funnel();
            collectHits(funnel);
            String expected = Funnels.write(funnel) + "\n"
                    + filled(NaiveDistribution.of(cohort.patients(), resources, world.today()));
            CohortReport report = index.report(query, world.today());
            String found = Funnels.write(report.answer().funnel()) + "\n" + filled(report.distribution());
            if (!expected.equals(found)) {
                return Optional.of("index " + state + "\nexpected " + expected + "\nbut was  " + found + "\nfor "
                        + Ccdl.write(query));
            }
        }
        return Optional.empty();
    }

    /** All cells must be there in order; those with patients are shown. */
    private static String filled(List<AgeSexCell> cells) {
        return cells.size() + " cells, "
                + cells.stream().filter(cell -> cell.patients() > 0).toList();
    }

    /** The report tells how many of the questions found somebody: a proof that only compares zeros proves little. */
    private static void collectHits(Funnel funnel) {
        Stream.concat(funnel.inclusion().stream(), funnel.exclusion().stream())
                .flatMap(step -> step.criteria().stream())
                .forEach(leaf -> Statistics.label("criteria").collect(leaf.count() > 0 ? "found" : "found nobody"));
        Statistics.label("cohorts").collect(funnel.count() > 0 ? "somebody" : "nobody");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
