package allmende.core.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.core.fhir.FhirJson;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ElementPathTest {

    private static final JsonNode OBSERVATION = FhirJson.parse("""
            {"resourceType":"Observation","status":"final","active":true,
             "extension":[{"url":"http://e/1","valueCode":"x"},{"url":"http://e/2","extension":[
                {"url":"inner","valueString":"it's"}]}],
             "contained":[{"resourceType":"Medication","id":"m"},{"resourceType":"Patient","id":"p"}],
             "code":{"coding":[{"system":"http://loinc.org","code":"1-1","display":"One"},
                               {"system":"http://snomed.info/sct","code":"22"},
                               null],
                     "text":"t"},
             "valueQuantity":{"value":1.50,"code":"g"},
             "valueQuantityX":"decoy",
             "component":[{"code":{"coding":[{"code":"sys"}]},"valueQuantity":{"value":120}},
                          {"code":{"coding":[{"code":"dia"},{"code":"dia2"}]},"valueInteger":80},
                          {"code":{"coding":[{"code":"dia"}]},"valueQuantity":{"value":81}}]}
            """.getBytes(UTF_8));

    private static List<String> found(String path) {
        return ElementPath.compile(path).evaluate(OBSERVATION).stream()
                .map(JsonNode::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "status                                                        | \"final\"",
                "Observation.status                                            | \"final\"",
                "code.coding.code                                              | \"1-1\" \"22\"",
                "`code`.coding.code                                            | \"1-1\" \"22\"",
                "value.code                                                    | \"g\"",
                "value.value                                                   | 1.50",
                "value.ofType(Quantity).code                                   | \"g\"",
                "component.value.ofType(integer)                               | 80",
                "component.value.value                                         | 120 81",
                "code.coding.where(system = 'http://loinc.org').code           | \"1-1\"",
                "code.coding.where(system != 'http://loinc.org').code          | \"22\"",
                "code.coding.where(display.exists()).code                      | \"1-1\"",
                "code.coding.where(display.empty()).code                       | \"22\"",
                "code.coding.where(display.exists().not()).code                | \"22\"",
                "code.coding.first().code                                      | \"1-1\"",
                "component.where(code.coding.code = 'dia').value.value         | 81",
                "component.where(code.coding.exists(code = 'dia')).value.ofType(integer) | 80",
                "component.where(value.value = 120.0).code.coding.code         | \"sys\"",
                "component.where(value.value = 81 or value.value = 120).value.value | 120 81",
                "component.where(value.value.exists() and (code.coding.code = 'sys' or status = 'x')).value.value | 120",
                "where(active = true).status                                   | \"final\"",
                "where(active).status                                          | \"final\"",
                "where(active = false or status = 'final' and active).status   | \"final\"",
                "extension('http://e/1').value                                 | \"x\"",
                "extension('http://e/2').extension('inner').value              | \"it's\"",
                "extension.where(url = 'http://e/2').extension.value           | \"it's\"",
                "extension.extension.where(value = 'it\\'s').url               | \"inner\"",
                "contained.ofType(Medication).id                               | \"m\"",
            })
    void finds(String path, String expected) {
        assertThat(String.join(" ", found(path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Condition.status",
                "value.ofType(string)",
                "status.coding",
                "missing",
                "effective",
                "extension('http://e/9')",
                "code.coding.where(missing = 'x')",
                "code.coding.where(missing != 'x')",
                "code.coding.where(code = 22)",
                "contained.ofType(Organization)",
                "missing.first()",
                "active.where(x = true)",
            })
    void findsNothing(String path) {
        assertThat(found(path)).isEmpty();
        assertThat(ElementPath.compile(path).first(OBSERVATION)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "code.              | 5",
                "code..text         | 5",
                ".code              | 0",
                "code coding        | 5",
                "code[0]            | 4",
                "resolve()          | 0",
                "subject.resolve()  | 8",
                "code.where(x = y)  | 15",
                "code.where(x =     | 14",
                "code.where(x = 'y' | 18",
                "code.where(x = 'y  | 15",
                "code.extension(a)  | 15",
                "code.where(x ~ 'y')| 13",
                "status.ofType(string) | 7",
                "code.exists()      | 0",
                "code.exists().text | 14",
                "$this              | 0",
                "code.where(a = '\\q') | 16",
                "code.where(a > 1)  | 13",
                "''                 | 0",
            })
    void refusesWithPosition(String path, int position) {
        assertThat(ElementPath.read(path)).isInstanceOfSatisfying(ElementPath.Read.Refused.class, refused -> {
            assertThat(refused.position()).isEqualTo(position);
            assertThat(refused.reason()).isNotBlank();
        });
        assertThatThrownBy(() -> ElementPath.compile(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position " + position);
    }

    @Test
    void refusesUnionAndDepth() {
        assertThat(ElementPath.read("a | b")).isInstanceOf(ElementPath.Read.Refused.class);
        assertThat(ElementPath.read("")).isInstanceOf(ElementPath.Read.Refused.class);
        assertThat(ElementPath.read("where(" + "(".repeat(10_000))).isInstanceOf(ElementPath.Read.Refused.class);
        assertThat(ElementPath.read("a.where(".repeat(10_000))).isInstanceOf(ElementPath.Read.Refused.class);
    }

    @Test
    void visitsNoFurtherThanWanted() {
        List<JsonNode> seen = new ArrayList<>();
        ElementPath.compile("component.code.coding.code").visit(OBSERVATION, node -> {
            seen.add(node);
            return seen.size() < 2;
        });
        assertThat(seen).extracting(JsonNode::stringValue).containsExactly("sys", "dia");
    }

    @Property
    void readingNeverThrows(@ForAll("scraps") String text) {
        assertThat(ElementPath.read(text)).isNotNull();
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.of(
                        "code",
                        ".",
                        "where",
                        "(",
                        ")",
                        "=",
                        "!=",
                        "'x'",
                        "'",
                        "first()",
                        "and",
                        "or",
                        "exists",
                        "ofType",
                        "Quantity",
                        "value",
                        " ",
                        "1.5",
                        "true",
                        "not()",
                        "`",
                        "\\",
                        "extension",
                        "|",
                        "ä")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
