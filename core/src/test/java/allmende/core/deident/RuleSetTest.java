package allmende.core.deident;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files of rules are refused for, and where. */
final class RuleSetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Patiend.gender; keep; begins with a type",
                "Patient.genda; keep; Patient has no element genda",
                "Patient.identifier.valu; keep; Identifier has no element valu",
                "Observation.valueQuantity; keep; write value.ofType(Quantity)",
                "Observation.value.ofType(Patient); keep; must follow an element that has this type",
                "Patient.gender.where(a = 'b'); keep; needs an element with parts",
                "Patient.identifier.where(system ~ 'b'); keep; condition is not understood",
                "Patient.identifier.first(); keep; first() is not understood",
                "Patient.extension; keep; Say which extension",
                "Patient.extension('u; keep; left open",
                "Patient.contained.name; keep; rules of their own type",
                "Bundle.entry.resource.name; keep; rules of their own type",
                "Patient..name; keep; neither the name of an element",
                "Patient.birthDate; hash; can't be used on Patient.birthDate",
                "Patient.managingOrganization; hash; a rule for Reference.reference",
                "Patient.birthDate; blur; must be one of keep",
                "Patient.birthDate; generalise; Say how coarse",
                "Patient.identifier.value; pseudonymise; This text is missing",
                "string; keep; may hold anything",
                "Observation.value.ofType(string).extension('u').value; keep; nothing",
            })
    void isRefused(String path, String method, String reason) {
        List<Problem> problems = Rules.problems(Rules.file(path + " | " + method));
        if (reason.equals("nothing")) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).isNotEmpty().anyMatch(problem -> problem.message()
                    .contains(reason));
            assertThat(problems).allMatch(problem -> problem.pointer().startsWith("/rules/0/"));
        }
    }

    @Test
    void rulesThatContradictEachOther() {
        assertThat(Rules.problems(Rules.file(
                        "Patient.identifier.where(use = 'usual').value | keep",
                        "Patient.identifier.where(system = 'a').value | redact")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/rules/1/path");
                    assertThat(problem.message()).contains("equally specific", "/rules/0/path");
                });
        assertThat(Rules.problems(Rules.file(
                        "Patient.identifier.where(system = 'b').value | keep",
                        "Patient.identifier.where(system = 'a').value | redact")))
                .as("exclude each other")
                .isEmpty();
        assertThat(Rules.problems(Rules.file("Patient.gender | keep", "Patient.gender | remove")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("has the same path"));
    }

    @Test
    void rulesThatCanNeverApply() {
        assertThat(Rules.problems(Rules.file("Patient.gender | keep", "CodeableConcept.text | keep")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/rules/1/path");
                    assertThat(problem.message()).contains("can never apply", "no rule lets out");
                });
        assertThat(Rules.problems(Rules.file("Patient.name | remove", "Patient.name.family | keep")))
                .as("behind one that removes")
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/rules/1/path"));
        assertThat(Rules.problems(Rules.file("Resource.id | keep", "Patient.id | hash")))
                .as("wholly in the shadow of a more specific one")
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("always comes first", "/rules/1/path"));
    }

    @Test
    void delicateChoicesMustBeNamed() {
        assertThat(Rules.left(
                        Rules.of("Observation.value | keep", "Quantity.value | keep"),
                        "{`resourceType`:`Observation`,`valueString`:`Frau Muster`}"))
                .isEmpty();
        assertThat(Rules.left(
                        Rules.of("Observation.value.ofType(string) | keep"),
                        "{`resourceType`:`Observation`,`valueString`:`Frau Muster`}"))
                .contains("Frau Muster");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[]; ''; JSON object",
                "{; ''; no JSON",
                "{\"name\":\"x\",\"rules\":[]}; /rules; list of rules",
                "{\"name\":\"x\",\"roles\":[],\"rules\":[{\"path\":\"Patient.gender\",\"method\":\"keep\",\"why\":\"w\"}]}; /roles; Unknown key",
                "{\"name\":\"x\",\"rules\":[{\"path\":\"Patient.gender\",\"method\":\"keep\"}]}; /rules/0/why; Say why",
                "{\"name\":\"x\",\"rules\":[{\"path\":\"Patient.gender\",\"method\":\"keep\",\"why\":\"w\",\"digits\":2}]}; /rules/0/digits; Unknown key",
                "{\"name\":\"\",\"rules\":[{\"path\":\"Patient.gender\",\"method\":\"keep\",\"why\":\"w\"}]}; /name; has a name",
                "{\"name\":\"x\",\"shift\":{\"days\":0},\"rules\":[{\"path\":\"Patient.gender\",\"method\":\"keep\",\"why\":\"w\"}]}; /shift/days; whole number from 1",
            })
    void filesThatAreNoRules(String file, String pointer, String message) {
        assertThat(Rules.problems(file.getBytes(StandardCharsets.UTF_8))).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void hashIsThatOfTheContent() {
        RuleSet one = Rules.of("Patient.gender | keep");
        assertThat(one.hash())
                .matches("[0-9a-f]{64}")
                .isEqualTo(Rules.of("Patient.gender | keep").hash());
        assertThat(one.hash()).isNotEqualTo(Rules.of("Patient.gender | remove").hash());
    }
}
