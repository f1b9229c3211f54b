package allmende.core.terminology.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import allmende.core.fhir.FhirJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ConceptTableTest {

    @Property(tries = 60)
    void reachesWhatAPlainWalkReaches(@ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int size) {
        Graphs graph = new Graphs(seed, size);
        ConceptTable table = graph.table;
        assertThat(table.size()).isEqualTo(size);
        for (String code : graph.codes) {
            int concept = table.find(code);
            assertThat(table.code(concept)).isEqualTo(code);
            assertThat(table.display(concept)).isEqualTo("Text of " + code);
            assertThat(table.display(concept, "de-DE")).isEqualTo("Wort für " + code);
            assertThat(codes(table, table.ancestors(concept).stream().toArray()))
                    .isEqualTo(graph.above(code));
            assertThat(codes(table, table.descendants(concept).stream().toArray()))
                    .isEqualTo(graph.below(code));
            assertThat(codes(table, table.parents(concept))).isEqualTo(graph.parents.get(code));
            for (String other : graph.codes) {
                assertThat(Subsumption.between(table, concept, table.find(other)))
                        .isEqualTo(plain(graph, code, other));
            }
        }
        assertThat(table.find("unknown")).isNegative();
    }

    private static Subsumption plain(Graphs graph, String a, String b) {
        if (a.equals(b)) {
            return Subsumption.EQUIVALENT;
        }
        if (graph.above(b).contains(a)) {
            return Subsumption.SUBSUMES;
        }
        return graph.above(a).contains(b) ? Subsumption.SUBSUMED_BY : Subsumption.NOT_SUBSUMED;
    }

    private static Set<String> codes(ConceptTable table, int[] concepts) {
        Set<String> codes = new TreeSet<>();
        Arrays.stream(concepts).forEach(each -> codes.add(table.code(each)));
        return codes;
    }

    @Test
    void refusesWhatStandsAboveItself() throws IOException {
        ConceptTableBuilder builder = new ConceptTableBuilder();
        builder.parent(builder.concept("a"), "b");
        builder.parent(builder.concept("b"), "c");
        builder.parent(builder.concept("c"), "a");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(builder.write(SystemFacts.of("u", "", "", ""), out))
                .isInstanceOfSatisfying(ConceptTableBuilder.Written.Cycle.class, cycle -> assertThat(cycle.code())
                        .isIn("a", "b", "c"));
        assertThat(out.size()).isZero();
    }

    @Test
    void refusesDamagedBytes() throws IOException {
        ConceptTableBuilder builder = new ConceptTableBuilder();
        builder.concept("a");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        builder.write(SystemFacts.of("u", "", "", ""), out);
        byte[] cut = Arrays.copyOf(out.toByteArray(), out.size() - 1);
        assertThat(catchThrowable(() -> new ConceptTable(MemorySegment.ofArray(cut))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsEverythingOfADocument() {
        String json = """
                {"resourceType":"CodeSystem","url":"http://example.org/cs","version":"2","title":"Colours","language":"de",
                 "content":"complete","property":[{"code":"wave","type":"integer","description":"length"}],
                 "concept":[
                  {"code":"warm","display":"Warm","concept":[
                    {"code":"red","display":"Rot","definition":"like blood",
                     "designation":[{"language":"en","value":"red"}],
                     "property":[{"code":"wave","valueInteger":700},
                                 {"code":"of","valueCoding":{"system":"s","code":"c","display":"d"}}]}]},
                  {"code":"mauve","display":"Mauve","property":[{"code":"parent","valueCode":"red"},
                                 {"code":"status","valueCode":"retired"}]},
                  {"code":"top","property":[{"code":"child","valueCode":"warm"},{"code":"notSelectable","valueBoolean":true}]}]}
                """;
        CodeSystemDocument.Read read = CodeSystemDocument.read(FhirJson.parse(json.getBytes(StandardCharsets.UTF_8)));
        CodeSystemDocument.Read.Usable usable = (CodeSystemDocument.Read.Usable) read;
        ConceptTable table = usable.builder().build(usable.facts());
        int red = table.find("red");
        assertThat(codes(table, table.ancestors(red).stream().toArray())).containsExactly("red", "top", "warm");
        assertThat(table.display(red, "en")).isEqualTo("red");
        assertThat(table.display(red, "fr")).isEqualTo("Rot");
        assertThat(table.properties(red))
                .contains(
                        new allmende.core.terminology.operation.Property(
                                "wave", allmende.core.terminology.operation.Property.Type.INTEGER, "700", "", ""),
                        new allmende.core.terminology.operation.Property(
                                "of", allmende.core.terminology.operation.Property.Type.CODING, "c", "s", "d"));
        assertThat(table.active(table.find("mauve"))).isFalse();
        assertThat(table.active(red)).isTrue();
        assertThat(table.isAbstract(table.find("top"))).isTrue();
        assertThat(table.declared()).containsExactly(new ConceptTable.Declared("wave", "integer", "length"));
    }
}
