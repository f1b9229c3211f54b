package allmende.app.fhirapi.fuzz;

import java.util.List;

/** FHIRPath by a grammar, and by cutting up good expressions. */
final class PathTexts {

    private static final List<String> GOOD = List.of(
            "name.where(use = 'official').family.first()",
            "Observation.value.ofType(Quantity).value > 5.4",
            "subject.getReferenceKey(Patient)",
            "code.coding.where(system='http://loinc.org').code.exists()",
            "name.select(given.join(' ')).first()",
            "birthDate.lowBoundary() < @2020-01-01",
            "effective.ofType(dateTime) = @2024-05-31T12:00:00+02:00",
            "extension('http://x').value.ofType(string)",
            "identifier[0].value & 'x' + \"y\"",
            "iif(active, 'a', 'b')",
            "(1 | 2 | 3).count() mod 2 div 1 * 4 - -3",
            "name.given.all($this.length() > 3)",
            "repeat(item).linkId",
            "'\\u00e4\\'' in ('a' | 'b') implies true xor false",
            "deceased is boolean and not(active)",
            "%rowIndex + %x",
            "@T12:00 = 5 'mg'");
    private static final List<String> PIECES = List.of(
            "name",
            "id",
            ".",
            "(",
            ")",
            "[",
            "]",
            "0",
            "99999999999999999999",
            "1.",
            ".5",
            "'",
            "'a'",
            "\"",
            "`x`",
            "``",
            "@",
            "@2024",
            "@2024-13",
            "@T",
            "%",
            "%a",
            "$this",
            "$index",
            "$total",
            " and ",
            " or ",
            " is ",
            " as ",
            " in ",
            "+",
            "-",
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
            "{",
            "where(",
            "exists()",
            "first()",
            "ofType(",
            "resolve()",
            "trace('x')",
            "aggregate($this + $total, 0)",
            "getResourceKey()",
            "//x\n",
            "/*",
            "\\u0000",
            "\u0000",
            "ä",
            "𝄞",
            "true",
            "5 days",
            "5 'mg'",
            "repeat($this)",
            "descendants()",
            "join(",
            "substring(-1,99999)",
            "matches('(a+)+$')",
            "replaceMatches('(', 'b')",
            "power(99999)",
            "toInteger()",
            "children()");

    private final Chance chance;

    PathTexts(Chance chance) {
        this.chance = chance;
    }

    String any() {
        return switch (chance.below(8)) {
            case 0 -> chance.of(GOOD);
            case 1, 2 -> cut(chance.of(GOOD));
            case 3 -> chance.of("(", "a.", "-", "not ", "a[", "iif(", "{}.").repeat(chance.of(3, 500, 20_000));
            case 4 -> "a" + chance.of(".a", "+1", "|a", " and a", ".where(a)").repeat(chance.of(3, 300, 5_000));
            case 5 -> chance.text(30);
            default -> glued();
        };
    }

    private String cut(String good) {
        int from = chance.below(good.length());
        int to = from + chance.below(good.length() - from);
        return chance.onceIn(2)
                ? good.substring(0, from) + good.substring(to)
                : good.substring(0, from) + chance.of(PIECES) + good.substring(to);
    }

    private String glued() {
        StringBuilder text = new StringBuilder();
        for (int i = chance.below(12); i >= 0; i--) {
            text.append(chance.of(PIECES));
        }
        return text.toString();
    }
}
