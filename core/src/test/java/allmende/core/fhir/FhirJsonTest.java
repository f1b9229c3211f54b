package allmende.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class FhirJsonTest {

    private static JsonRead.Malformed malformed(String json) {
        return (JsonRead.Malformed) FhirJson.read(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.50",
                "0.0100",
                "100",
                "12345678901234567890.123456789",
                "-0.10",
                "1E+2",
                "0.000001",
                "9007199254740993"
            })
    void numbersKeepTheirPrecision(String number) {
        String json = "{\"value\":" + number + "}";
        assertThat(FhirJson.write(FhirJson.parse(json.getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo(json);
    }

    @Test
    void readsPartOfAnArray() {
        byte[] bytes = "xx{\"a\":1}yy".getBytes(UTF_8);
        assertThat(FhirJson.parse(bytes, 2, 7).get("a").intValue()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotOneStrictDocument() {
        assertThat(malformed("{\"a\":1,\"a\":2}").code()).isEqualTo(JsonRead.Code.DUPLICATE_KEY);
        assertThat(malformed("{\"a\":{\"b\":1,\"c\":2,\"b\":2}}").code()).isEqualTo(JsonRead.Code.DUPLICATE_KEY);
        assertThat(malformed("{} {}").code()).isEqualTo(JsonRead.Code.TRAILING_CONTENT);
        assertThat(malformed("{}x").code()).isIn(JsonRead.Code.TRAILING_CONTENT, JsonRead.Code.SYNTAX);
        assertThat(malformed("  \n ").code()).isEqualTo(JsonRead.Code.EMPTY);
        assertThat(malformed("").code()).isEqualTo(JsonRead.Code.EMPTY);
        assertThat(malformed("{\"a\":").code()).isEqualTo(JsonRead.Code.SYNTAX);
        assertThat(malformed("{'a':1}").code()).isEqualTo(JsonRead.Code.SYNTAX);
        assertThat(malformed("{\"a\":NaN}").code()).isEqualTo(JsonRead.Code.SYNTAX);
        assertThat(malformed("{\"a\":01}").code()).isEqualTo(JsonRead.Code.SYNTAX);
        assertThat(malformed("{\"a\":\"\u0001\"}").code()).isEqualTo(JsonRead.Code.SYNTAX);
        assertThat(malformed("[".repeat(100_000)).code()).isEqualTo(JsonRead.Code.TOO_DEEP);
        assertThat(malformed("{\"a\":" + "9".repeat(10_000) + "}").code()).isEqualTo(JsonRead.Code.TOO_LONG);
    }

    @Test
    void namesThePlaceButNeverTheContent() {
        JsonRead.Malformed problem = malformed("{\n  \"name\": \"Geheim\",\n  \"name\": \"Streng\" x}");
        assertThat(problem.line()).isEqualTo(3);
        assertThat(problem.column()).isPositive();
        assertThat(problem.toString()).contains("line 3").doesNotContain("Geheim", "Streng", "name");
        assertThatThrownBy(() -> FhirJson.parse("{\"a\":Geheim}".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Geheim");
    }

    @Test
    void refusesOtherEncodings() {
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        byte[] latin1 = "{\"a\":\"Müller\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        for (byte[] bytes : List.of(utf16, latin1, overlong, surrogate)) {
            assertThat(FhirJson.read(bytes))
                    .isInstanceOfSatisfying(JsonRead.Malformed.class, problem -> assertThat(problem.code())
                            .isEqualTo(JsonRead.Code.INVALID_UTF8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\uD83Dx\\uDE00", "\\\\\\ud83d", "\\ud83d\\n"})
    void refusesLoneSurrogates(String text) {
        assertThat(malformed("{\"a\":\"" + text + "\"}").code()).isEqualTo(JsonRead.Code.INVALID_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d\\ude00", "\\uD83D\\uDE00x", "\\\\ud83d", "\\u00e4", "\\\"", "ä\\\\ä"})
    void acceptsEscapes(String text) {
        JsonNode tree = FhirJson.parse(("{\"a\":\"" + text + "\"}").getBytes(UTF_8));
        assertThat(FhirJson.parse(FhirJson.write(tree))).isEqualTo(tree);
    }

    @Property
    void utf8IsJudgedAsTheJdkDoes(@ForAll("nearlyUtf8") byte[] bytes) {
        assertThat(Utf8.firstFault(bytes, 0, bytes.length) < 0).isEqualTo(decodes(bytes) && !hasNul(bytes));
    }

    @Provide
    Arbitrary<byte[]> nearlyUtf8() {
        Arbitrary<Byte> interesting = Arbitraries.of(
                        0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1,
                        0xF4, 0xF5, 0xFF, 0x00)
                .map(Integer::byteValue);
        Arbitrary<byte[]> text = Arbitraries.strings()
                .withChars('a', 'ä', '€', '\ud83d', '\ude00')
                .ofMaxLength(20)
                .map(string -> string.getBytes(UTF_8));
        return Arbitraries.oneOf(interesting.array(byte[].class).ofMaxSize(6), text);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static boolean hasNul(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void compactKeepsEverythingButWhiteSpaceBetweenTokens() {
        String json = "\r\n{ \"a b\" : [ 1.50 , \"x \\\" y\\\\\" , true ] ,\t\"ü\" : { } }\n";
        assertThat(FhirJson.compact(json.getBytes(UTF_8)))
                .asString(UTF_8)
                .isEqualTo("{\"a b\":[1.50,\"x \\\" y\\\\\",true],\"ü\":{}}");
        byte[] already = "{\"a b\":1.50}".getBytes(UTF_8);
        assertThat(FhirJson.compact(already)).isSameAs(already);
        assertThat(FhirJson.compact("\ufeff{}".getBytes(UTF_8))).asString(UTF_8).isEqualTo("{}");
        byte[] framed = "{} {\"a\": 1} {}".getBytes(UTF_8);
        assertThat(FhirJson.compact(framed, 3, 8)).asString(UTF_8).isEqualTo("{\"a\":1}");
    }

    @Property
    void compactOfPrettyIsCompact(@ForAll("trees") JsonNode tree) {
        byte[] pretty = FhirJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
        assertThat(FhirJson.compact(pretty)).isEqualTo(FhirJson.write(tree));
        assertThat(FhirJson.parse(pretty)).isEqualTo(tree);
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        Arbitrary<JsonNode> leaves = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars(" \"\\{}[]:,\t\nä/")
                        .ofMaxLength(6)
                        .map(text ->
                                (JsonNode) FhirJson.mapper().getNodeFactory().stringNode(text)),
                Arbitraries.bigDecimals().map(number -> (JsonNode) FhirJson.mapper()
                        .getNodeFactory()
                        .numberNode(number.stripTrailingZeros().add(new java.math.BigDecimal("0.10")))),
                Arbitraries.of(true, false).map(truth ->
                        (JsonNode) FhirJson.mapper().getNodeFactory().booleanNode(truth)));
        return Arbitraries.lazyOf(
                () -> leaves, () -> leaves, () -> trees().list().ofMaxSize(3).map(children -> {
                    var object = FhirJson.mapper().createObjectNode();
                    var array = object.putArray(" a ");
                    children.forEach(array::add);
                    return (JsonNode) object;
                }));
    }
}
