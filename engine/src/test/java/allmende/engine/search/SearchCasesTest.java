package allmende.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.engine.proof.MemoryStore;
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
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases of {@code cases.txt}: lines {@code resource JSON}, then {@code TYPE?query -> ids} (in order, {@code +} before
 * those that are included), {@code total N}, or {@code refused CODE}.
 */
class SearchCasesTest {

    private static final CodeLookup CODES = new CodeLookup() {
        @Override
        public Optional<List<Code>> in(String valueSet) {
            return valueSet.equals("http://example.org/vs")
                    ? Optional.of(List.of(new Code("http://loinc.org", "8480-6")))
                    : Optional.empty();
        }

        @Override
        public Optional<List<Code>> below(String system, String code) {
            return system.startsWith("http://fhir.de")
                    ? Optional.of(Map.of("E10-E14", List.of(new Code(system, "E11.9")))
                            .getOrDefault(code, List.of()))
                    : Optional.empty();
        }

        @Override
        public Optional<List<Code>> above(String system, String code) {
            return below(system, code);
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
