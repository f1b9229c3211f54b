package allmende.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import allmende.core.view.View;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is written as a path or a view: it is understood, or refused with a place inside of what was written. */
class HostilePathsTest {

    private static final JsonNode PATIENT =
            FhirJson.parse(("{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":true,"
                            + "\"birthDate\":\"1970-02\",\"name\":[{\"family\":\"A\",\"given\":[\"B\",\"C\"]},{}],"
                            + "\"multipleBirthInteger\":3,\"contact\":[{\"name\":{\"family\":\"D\"}}]}")
                    .getBytes(StandardCharsets.UTF_8));

    private static final List<String> PIECES = List.of(
            "name",
            "given",
            "family",
            "birthDate",
            "multipleBirth",
            "active",
            "contact",
            ".",
            ".",
            ".",
            "(",
            ")",
            "[",
            "]",
            "0",
            "1",
            "99999999999",
            "-",
            "'a'",
            "'",
            "`a`",
            "\"",
            "$this",
            "$index",
            "%rowIndex",
            "%x",
            "@2024",
            "@T12",
            "@2024-01-01T00:00:00Z",
            " and ",
            " or ",
            " xor ",
            " implies ",
            " is ",
            " as ",
            " in ",
            " contains ",
            " div ",
            " mod ",
            "+",
            "*",
            "/",
            "|",
            "&",
            "=",
            "!=",
            "~",
            "<",
            ">=",
            ",",
            "{}",
            "first()",
            "exists()",
            "empty()",
            "where(",
            "select(",
            "all(",
            "iif(",
            "ofType(string)",
            "lowBoundary()",
            "highBoundary()",
            "join(",
            "count()",
            "not()",
            "getResourceKey()",
            "getReferenceKey(Patient)",
            "extension('u')",
            "//",
            "/*",
            "\\",
            "\u0000",
            "\ud800",
            "\ud834\udd1e",
            "\u00e4",
            "true",
            "1.5",
            "5 'mg'",
            "toInteger()",
            "substring(1,",
            "repeat(");

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> pieces = Arbitraries.of(PIECES);
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(14).map(list -> String.join("", list)),
                pieces.list().ofMaxSize(6).map(list -> "name.where(" + String.join("", list) + ").given"),
                Arbitraries.strings().ofMaxLength(20),
                pieces.map(piece -> piece.repeat(3_000)));
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.BOUNDED)
    void aPathIsUnderstoodOrRefusedWithItsPlace(@ForAll("paths") String text) {
        switch (FhirPath.read(text, Set.of("x"))) {
            case FhirPath.Read.Refused(int position, String reason) -> {
                assertThat(position).as(reason).isBetween(0, text.length());
                assertThat(reason).isNotBlank();
            }
            case FhirPath.Read.Compiled(FhirPath path) -> {
                Item item = Item.Element.of(PATIENT);
                try {
                    path.evaluate(item, new Env(item, java.util.Map.of("x", List.of()), 0));
                } catch (PathFault fault) {
                    assertThat(fault.position()).isBetween(0, text.length());
                }
            }
        }
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void aViewIsUnderstoodOrRefusedWithReasons(
            @ForAll("paths") String one,
            @ForAll("paths") String two,
            @ForAll("odd") String value,
            @ForAll("keys") String key) {
        ObjectNode view = FhirJson.mapper().createObjectNode();
        view.put("resourceType", "ViewDefinition").put("resource", "Patient").put("status", "active");
        ObjectNode select = view.putArray("select").addObject().put("forEach", one);
        select.putArray("column").addObject().put("name", "a").put("path", two);
        view.set(key, FhirJson.mapper().readTree(value));
        select.set(key, FhirJson.mapper().readTree(value));
        switch (View.read(view)) {
            case View.Read.Compiled _ -> {}
            case View.Read.Refused(var problems) -> {
                assertThat(problems).isNotEmpty();
                assertThat(problems).allSatisfy(problem -> {
                    assertThat(problem.reason()).isNotBlank();
                    assertThat(problem.pointer()).matches("(/.*)?");
                });
            }
        }
    }

    @Provide
    Arbitrary<String> odd() {
        return Arbitraries.of(
                "null",
                "7",
                "\"x\"",
                "[]",
                "{}",
                "[{}]",
                "[null]",
                "[[]]",
                "true",
                "[{\"path\":7}]",
                "[{\"name\":\"x\"}]",
                "[{\"name\":\"x\",\"valueString\":1}]",
                "[{\"column\":[{\"name\":\"a\",\"path\":\"id\"}]}]",
                "[\"name\"]",
                "-1e400");
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(
                "select",
                "column",
                "where",
                "constant",
                "resource",
                "unionAll",
                "repeat",
                "forEach",
                "forEachOrNull",
                "name",
                "status",
                "nonsense",
                "resourceType");
    }
}
