package allmende.core.terminology.operation;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Value sets over the systems of {@code value-sets.txt}: each case is a compose and the codes that it stands for. */
final class ValueSetCasesTest {

    /** A case: name, the value set, options such as {@code filter=x}, and what is expected. */
    record Case(String name, String valueSet, Expander.Wanted wanted, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The systems and value sets of the case file. */
    private static final class Listed implements TerminologySource {
        final Map<String, ConceptTable> systems = new HashMap<>();
        final Map<String, JsonNode> sets = new HashMap<>();

        @Override
        public Found system(String url, @Nullable String version) {
            ConceptTable table = systems.get(url);
            if (table == null) {
                return new Found.Absent();
            }
            String here = table.facts().version();
            return version == null || version.equals(here)
                    ? new Found.Here(table)
                    : new Found.OtherVersion(List.of(here));
        }

        @Override
        public Optional<JsonNode> valueSet(String canonical) {
            return Optional.ofNullable(sets.get(canonical));
        }

        @Override
        public Optional<ConceptTable> systemOfValueSet(String canonical) {
            return systems.values().stream()
                    .filter(each -> each.facts().valueSet().equals(canonical))
                    .findFirst();
        }

        @Override
        public List<JsonNode> conceptMaps() {
            return List.of();
        }
    }

    private static final Listed SOURCE = new Listed();
    private static final List<Case> CASES = read();

    private static List<Case> read() {
        List<Case> cases = new ArrayList<>();
        try (var in = ValueSetCasesTest.class.getResourceAsStream("value-sets.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.split("\n\n+")) {
                String content = Stream.of(block.split("\n"))
                        .filter(line -> !line.startsWith("#"))
                        .reduce("", (a, b) -> a + b + "\n")
                        .strip();
                if (content.startsWith("system ")) {
                    CodeSystemDocument.Read.Usable usable = (CodeSystemDocument.Read.Usable)
                            CodeSystemDocument.read(json(content.substring("system ".length())));
                    SOURCE.systems.put(usable.facts().url(), usable.builder().build(usable.facts()));
                } else if (content.startsWith("set ")) {
                    JsonNode set = json(content.substring("set ".length()));
                    SOURCE.sets.put(set.path("url").asString(), set);
                } else if (content.startsWith("case ")) {
                    cases.add(one(content));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return cases;
    }

    private static Case one(String content) {
        String[] lines = content.split("\n");
        Map<String, String> parts = new HashMap<>();
        for (String line : lines) {
            int blank = line.indexOf(' ');
            parts.put(line.substring(0, blank), line.substring(blank + 1));
        }
        Map<String, String> options = new HashMap<>();
        for (String option : parts.getOrDefault("with", "").split(", ")) {
            int equals = option.indexOf('=');
            if (equals > 0) {
                options.put(option.substring(0, equals), option.substring(equals + 1));
            }
        }
        Expander.Wanted wanted = new Expander.Wanted(
                options.getOrDefault("filter", ""),
                Integer.parseInt(options.getOrDefault("offset", "0")),
                Integer.parseInt(options.getOrDefault("count", "-1")),
                options.containsKey("active"),
                options.containsKey("nested"),
                options.get("language"),
                false);
        return new Case(parts.get("case"), parts.get("compose"), wanted, parts.get("gives"));
    }

    private static JsonNode json(String text) {
        return FhirJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Case> cases() {
        return CASES;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isWhatTheCaseSays(Case one) {
        ValueSetEvaluator evaluator = new ValueSetEvaluator(SOURCE, Map.of());
        CodeSet codes = one.valueSet().startsWith("{")
                ? evaluator.evaluate(json("{\"resourceType\":\"ValueSet\",\"compose\":" + one.valueSet() + "}"))
                : evaluator.evaluate(one.valueSet()).orElseThrow();
        assertThat(told(Expander.expand(codes, one.wanted()))).isEqualTo(one.expected());
    }

    private static String told(Expansion expansion) {
        return switch (expansion) {
            case Expansion.NotHere(Gap gap) -> gap.kind() + ": " + gap.reason();
            case Expansion.Expanded expanded -> {
                String all = entries(expanded.entries());
                yield (expanded.total() + ": " + all).strip();
            }
        };
    }

    private static String entries(List<Expander.Entry> entries) {
        List<String> told = new ArrayList<>();
        for (Expander.Entry each : entries) {
            String below = each.below().isEmpty() ? "" : "(" + entries(each.below()) + ")";
            told.add(each.code() + (each.display().isEmpty() ? "" : "=" + each.display()) + below);
        }
        return String.join(" ", told);
    }

    @Property(tries = 40)
    void filtersFindWhatAPlainWalkFinds(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int size, @ForAll @IntRange(max = 19) int at) {
        Graphs graph = new Graphs(seed, size);
        String code = "c" + at % size;
        Listed source = new Listed();
        source.systems.put(Graphs.URL, graph.table);
        TreeSet<String> notBelow = new TreeSet<>(graph.codes);
        notBelow.removeAll(graph.below(code));
        TreeSet<String> descendants = new TreeSet<>(graph.below(code));
        descendants.remove(code);
        assertThat(filtered(source, "concept", "is-a", code)).isEqualTo(graph.below(code));
        assertThat(filtered(source, "concept", "descendent-of", code)).isEqualTo(descendants);
        assertThat(filtered(source, "concept", "is-not-a", code)).isEqualTo(notBelow);
        assertThat(filtered(source, "concept", "generalizes", code)).isEqualTo(graph.above(code));
        TreeSet<String> odd = new TreeSet<>(graph.codes);
        odd.removeIf(each -> !graph.kinds.get(each).equals("odd"));
        assertThat(filtered(source, "kind", "=", "odd")).isEqualTo(odd);
    }

    private static TreeSet<String> filtered(Listed source, String property, String op, String value) {
        JsonNode set = json("{\"compose\":{\"include\":[{\"system\":\"" + Graphs.URL + "\",\"filter\":[{\"property\":\""
                + property + "\",\"op\":\"" + op + "\",\"value\":\"" + value + "\"}]}]}}");
        TreeSet<String> codes = new TreeSet<>();
        new ValueSetEvaluator(source, Map.of()).evaluate(set).forEach((system, code) -> codes.add(code));
        return codes;
    }
}
