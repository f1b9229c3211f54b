package allmende.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Expressions and what they find in one patient and one observation. */
final class FhirPathTest {

    private static final JsonNode PATIENT = json("""
            {"resourceType": "Patient", "id": "p", "active": true, "birthDate": "1970-06",
             "_birthDate": {"extension": [{"url": "urn:why", "valueCode": "asked"}]},
             "name": [{"use": "official", "family": "Berg", "given": ["Ida", "Ada"]}, {"use": "usual", "given": ["Ida"]}],
             "deceasedDateTime": "2020-05-17T10:00:00+02:00", "multipleBirthInteger": 2,
             "contained": [{"resourceType": "Organization", "id": "o"}],
             "managingOrganization": {"reference": "https://example.org/fhir/Organization/7/_history/3"},
             "extension": [{"url": "urn:race", "extension": [{"url": "part", "valueCoding": {"code": "x"}}]}]}
            """);
    private static final JsonNode OBSERVATION = json("""
            {"resourceType": "Observation", "id": "b", "valueQuantity": {"value": 1.50, "unit": "mg"},
             "effectiveDateTime": "2024-02-29", "component": [{"valueString": "a"}, {"valueInteger": 4}, {}]}
            """);

    private static JsonNode json(String text) {
        return FhirJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String found(String expression) {
        if (!(FhirPath.read(expression, Set.of("use")) instanceof FhirPath.Read.Compiled(FhirPath path))) {
            return "refused";
        }
        Item focus = Item.Element.of(
                expression.contains("Observation") || expression.contains("value") ? OBSERVATION : PATIENT);
        try {
            List<Item> items = path.evaluate(focus, new Env(focus, Map.of("use", List.of(new Item.Text("usual"))), 0));
            return items.stream()
                    .map(item -> ValueFunctions.written(item.value()).orElse("{}"))
                    .collect(Collectors.joining(" "));
        } catch (PathFault fault) {
            return "fault";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '"', textBlock = """
            # elements, choices and extensions of primitive elements
            name.given                                      -> Ida Ada Ida
            Patient.name.family                             -> Berg
            Observation.value.value                         -> 1.50
            Patient.value                                   -> ""
            deceased                                        -> 2020-05-17T10:00:00+02:00
            deceased.ofType(dateTime).exists()              -> true
            deceased.ofType(boolean).exists()               -> false
            multipleBirth is integer                        -> true
            (multipleBirth as integer) + 1                  -> 3
            birthDate.extension('urn:why').value            -> ""
            birthDate.extension('urn:why').exists()         -> true
            extension('urn:race').extension('part').exists() -> true
            contained.ofType(Organization).id               -> o
            component.value.ofType(string)                  -> a
            component.value.ofType(integer)                 -> 4
            managingOrganization.getReferenceKey()          -> Organization/7
            managingOrganization.getReferenceKey(Patient)   -> ""
            getResourceKey()                                -> Patient/p
            # filters and parts
            name.where(use = 'official').given.first()      -> Ida
            name.where(use = %use).given                    -> Ida
            name.where($this.use = 'usual').given           -> Ida
            name.where($index = 1).use                      -> usual
            name[1].given[0]                                -> Ida
            name.given.last()                               -> Ida
            name.given.skip(1).take(1)                      -> Ada
            name.given.distinct()                           -> Ida Ada
            name.select(use | given)                        -> official Ida Ada usual Ida
            name.given.count()                              -> 3
            name.given.join('+')                            -> Ida+Ada+Ida
            name.all(given.exists())                        -> true
            name.exists(family.empty())                     -> true
            iif(active, 'yes', 'no')                        -> yes
            """)
    void findsElements(String expression, String expected) {
        assertThat(found(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '"', textBlock = """
            # three truths
            active and {}                                   -> ""
            {} and false                                    -> false
            {} or true                                      -> true
            active xor false                                -> true
            false implies {}                                -> true
            active.not()                                    -> false
            # comparisons, also of what is known in part
            birthDate = @1970-06                            -> true
            birthDate < @1971                               -> true
            birthDate = @1970-06-12                         -> ""
            birthDate != @1970-07                           -> true
            deceased > @2020-05-17T07:59:59Z                -> true
            deceased = @2020-05-17T08:00:00Z                -> true
            Observation.value.value = 1.5                   -> true
            'Ida' in name.given                             -> true
            name.given contains 'Eva'                       -> false
            ' a  b ' ~ 'A b'                                -> true
            {} = {}                                         -> ""
            name.given = 'Ida'                              -> false
            # arithmetic binds as in schoolbooks
            1 + 2 * 3                                       -> 7
            (1 + 2) * 3                                     -> 9
            -2 + 5                                          -> 3
            7 div 2                                         -> 3
            7 mod 2                                         -> 1
            7 / 2                                           -> 3.5
            1 / 0                                           -> ""
            'a' & {} & 'b'                                  -> ab
            '1.20'.toDecimal()                              -> 1.20
            'x'.toInteger()                                 -> ""
            # boundaries
            Observation.value.value.lowBoundary()           -> 1.495
            Observation.value.value.highBoundary()          -> 1.505
            birthDate.lowBoundary()                         -> 1970-06-01
            birthDate.highBoundary()                        -> 1970-06-30
            Observation.effective.highBoundary()            -> 2024-02-29T23:59:59.999-12:00
            @T12:34.highBoundary()                          -> 12:34:59.999
            # faults of the data
            name.given + 'x'                                -> fault
            active > 1                                      -> fault
            Observation.value + 1                           -> fault
            # a comment, /* and */ another
            1 /* one */ + 1                                 -> 2
            """)
    void worksOut(String expression, String expected) {
        assertThat(found(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '"', textBlock = """
            @@                      -> 0 -> this is not a date or time
            name.                   -> 5 -> a name must stand here
            name.where(             -> 11 -> something must stand here
            name.resolve()          -> 5 -> the function resolve() is not understood
            name.first(1)           -> 5 -> first() takes 0 arguments
            name.where(use = %none) -> 17 -> the constant %none is not defined
            name.ofType(strang)     -> 5 -> 'strang' is not a type
            name.ofType(1)          -> 12 -> the name of a type must stand here
            'open                   -> 0 -> the closing quote is missing
            1 /* open               -> 2 -> the end of the comment is missing
            name given              -> 5 -> can't follow here
            5 'mg'                  -> 2 -> can't follow here
            $that                   -> 0 -> is not understood
            """)
    void refusesWhatItDoesNotUnderstand(String expression, int position, String reason) {
        assertThat(FhirPath.read(expression, Set.of())).isInstanceOfSatisfying(FhirPath.Read.Refused.class, refused -> {
            assertThat(refused.position()).isEqualTo(position);
            assertThat(refused.reason()).contains(reason);
        });
    }

    @Test
    void refusesWhatIsTooDeepInsteadOfFallingOver() {
        String deep = "(".repeat(10_000) + "1" + ")".repeat(10_000);
        String long_ = "name" + ".first()".repeat(10_000);
        assertThat(FhirPath.read(deep, Set.of())).isInstanceOf(FhirPath.Read.Refused.class);
        assertThat(FhirPath.read(long_, Set.of())).isInstanceOf(FhirPath.Read.Refused.class);
        assertThat(FhirPath.read("-".repeat(1_900) + "1", Set.of())).isNotNull();
    }

    @Test
    void saysWhatItCannotDecideInsteadOfGuessing() {
        FhirPath path = ((FhirPath.Read.Compiled) FhirPath.read("name.ofType(HumanName)", Set.of())).path();
        Item focus = Item.Element.of(PATIENT);
        assertThatThrownBy(() -> path.evaluate(focus, new Env(focus, Map.of(), 0)))
                .isInstanceOf(PathFault.class)
                .hasMessageContaining("do not tell");
    }

    /** Whatever is typed: an answer, and no error of the program. */
    @Property(tries = 3_000)
    void anyTextIsReadOrRefused(
            @ForAll
                    @StringLength(max = 40)
                    @Chars({
                        'a', 'n', '.', '(', ')', '[', ']', '\'', '@', '%', '{', '}', '1', '-', '+', '=', '<', '|', '/',
                        '*', ' ', '$', '`', '\\', 'T', ':', '&', '~', '!', ','
                    })
                    String text) {
        if (FhirPath.read(text, Set.of()) instanceof FhirPath.Read.Compiled(FhirPath path)) {
            Item focus = Item.Element.of(PATIENT);
            try {
                assertThat(path.evaluate(focus, new Env(focus, Map.of(), 0))).isNotNull();
            } catch (PathFault fault) {
                assertThat(fault.reason()).isNotEmpty();
            }
        }
    }
}
