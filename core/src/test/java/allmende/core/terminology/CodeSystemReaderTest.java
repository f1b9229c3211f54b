package allmende.core.terminology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodeSystemReaderTest {

    private static CodeSystemReader.Read read(String json) {
        return CodeSystemReader.read(
                new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)), null);
    }

    private static Terminology.CodeSystem usable(String json) {
        return ((CodeSystemReader.Read.Usable) read(json)).system();
    }

    private static int sizeOfSubtree(Terminology.CodeSystem system, String code) {
        Hierarchy hierarchy = system.hierarchy();
        return hierarchy.subtree(hierarchy.position(code).orElseThrow()).stream()
                .mapToInt(interval -> interval.high() - interval.low() + 1)
                .sum();
    }

    @Test
    void readsNestedConceptsWhateverTheOrderOfKeys() {
        Terminology.CodeSystem system = usable("""
                {'concept':[{'concept':[{'code':'b','concept':[{'code':'c','display':'Ce'}]}],'code':'a',
                             'designation':[{'value':'x','use':{'code':'y'}}]},{'code':'d'}],
                 'url':'http://x','version':'7','resourceType':'CodeSystem','property':[{'code':'parent'}]}
                """);
        assertThat(system.uri()).isEqualTo("http://x");
        assertThat(system.version()).isEqualTo("7");
        assertThat(system.hierarchy().size()).isEqualTo(4);
        assertThat(system.hierarchy().display("c")).contains("Ce");
        assertThat(sizeOfSubtree(system, "a")).isEqualTo(3);
        assertThat(sizeOfSubtree(system, "d")).isEqualTo(1);
    }

    @Test
    void readsParentAndChildProperties() {
        Terminology.CodeSystem system = usable("""
                {'resourceType':'CodeSystem','url':'http://x','concept':[
                 {'code':'a','property':[{'code':'child','valueCode':'c'},{'code':'rank','valueInteger':1}]},
                 {'code':'b'},
                 {'code':'c','property':[{'code':'parent','valueCode':'b'},{'code':'parent','valueCode':'gone'},
                                         {'code':'status','valueCode':'active'}]}]}
                """);
        assertThat(sizeOfSubtree(system, "a")).isEqualTo(2);
        assertThat(sizeOfSubtree(system, "b")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'resourceType':'ValueSet','url':'u','concept':[{'code':'a'}]}   | not a CodeSystem",
                "{'resourceType':'CodeSystem','concept':[{'code':'a'}]}           | a CodeSystem without url",
                "{'resourceType':'CodeSystem','url':'u'}                          | a CodeSystem without concepts",
                "{'resourceType':'CodeSystem','url':'u','concept':{'code':'a'}}   | a CodeSystem without concepts",
                "{'resourceType':'CodeSystem','url':'u','concept':[{'code':'a',   | not JSON, line 1",
                "[]                                                               | not a JSON object",
            })
    void saysWhatIsWrong(String json, String reason) {
        assertThat(read(json)).isEqualTo(new CodeSystemReader.Read.Unusable(reason));
    }

    @Test
    void refusesCycles() {
        assertThat(read("{'resourceType':'CodeSystem','url':'u','concept':[{'code':'a','concept':[{'code':'a'}]}]}"))
                .isEqualTo(new CodeSystemReader.Read.Unusable("code a stands above itself"));
    }
}
