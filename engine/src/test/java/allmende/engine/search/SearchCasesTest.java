package allmende.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.Coding;
import allmende.engine.proof.MemoryStore;
import allmende.engine.terminology.CodeSets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases of {@code cases.txt}: lines {@code resource JSON}, then {@code TYPE?query -> ids} (in order, {@code +} before
 * those that are included), {@code total N}, or {@code refused CODE}.
 */
class SearchCasesTest {

    private static final CodeSets CODES = new CodeSets() {
        @Override
        public Expansion valueSet(String canonical) {
            return canonical.equals("http://example.org/vs")
                    ? new Expansion.Codes(Map.of("http://loinc.org", Set.of("8480-6")), Set.of())
                    : new Expansion.Unknown("This value set is not installed.");
        }

        @Override
        public Expansion below(Coding concept) {
            return concept.system().startsWith("http://fhir.de")
                    ? new Expansion.Codes(Map.of(concept.system(), Set.of("E11.9")), Set.of())
                    : new Expansion.Unknown("This code system is not installed.");
        }

        @Override
        public Expansion above(Coding concept) {
            return below(concept);
        }

        @Override
        public Verdict inValueSet(Code code, String canonical) {
            return new Verdict.NotKnown("not asked here");
        }

        @Override
        public Verdict inSystem(Code code) {
            return new Verdict.NotKnown("not asked here");
        }
    };

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> cases() {
        List<String> lines = lines();
        SearchFixture fixture = new SearchFixture(new MemoryStore(), folder, CODES, SearchLimits.SITE);
        lines.stream()
                .filter(line -> line.startsWith("resource "))
                .forEach(line -> fixture.write(line.substring("resource ".length())));
        List<DynamicTest> tests = new ArrayList<>(lines.stream()
                .filter(line -> line.contains(" -> "))
                .map(line -> DynamicTest.dynamicTest(line, () -> check(fixture, line)))
                .toList());
        assertThat(tests).hasSizeGreaterThan(100);
        tests.add(DynamicTest.dynamicTest("close", fixture::close));
        return tests;
    }

    private static void check(SearchFixture fixture, String line) {
        int arrow = line.indexOf(" -> ");
        boolean lenient = line.startsWith("lenient ");
        String url = line.substring(lenient ? "lenient ".length() : 0, arrow);
        String expected = line.substring(arrow + " -> ".length()).strip();
        SearchAnswer answer = fixture.ask(url, lenient);
        if (expected.startsWith("refused ")) {
            assertThat(answer).isInstanceOf(SearchAnswer.Refused.class);
            assertThat(((SearchAnswer.Refused) answer)
                            .reasons()
                            .getFirst()
                            .code()
                            .name())
                    .isEqualTo(expected.substring("refused ".length()));
            return;
        }
        assertThat(answer).as(answer.toString()).isInstanceOf(SearchAnswer.Found.class);
        SearchPage page = ((SearchAnswer.Found) answer).page();
        if (expected.startsWith("total ")) {
            assertThat(page.matches()).isEmpty();
            assertThat(page.total()).hasValue(Long.parseLong(expected.substring("total ".length())));
            return;
        }
        List<String> words = expected.equals("nothing") ? List.of() : Arrays.asList(expected.split(" "));
        List<String> found = new ArrayList<>(fixture.ids(page.matches()));
        assertThat(page.total()).hasValue(found.size());
        fixture.ids(page.included()).stream().sorted().forEach(id -> found.add("+" + id));
        assertThat(found).isEqualTo(words);
    }

    private static List<String> lines() {
        try (InputStream cases = SearchCasesTest.class.getResourceAsStream("/allmende/search/cases.txt")) {
            return new String(Objects.requireNonNull(cases).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
