package allmende.core.deident;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Problem;
import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with {@code fhirPathRules} narrow the shipped rules. JSON is written with back ticks for quotes. */
final class PathRulesTest {

    private static final String PATIENT = """
            {`resourceType`:`Patient`,`id`:`p1`,`name`:[{`family`:`Muster`}],`gender`:`female`,`birthDate`:`1961-08-17`,
             `identifier`:[{`type`:{`coding`:[{`code`:`MR`}]},`system`:`http://h.example/pid`,`value`:`4711`},
              {`system`:`http://h.example/other`,`value`:`0815`}],
             `address`:[{`type`:`both`,`postalCode`:`04103`,`country`:`DE`,`city`:`Leipzig`}]}""";

    private static final String OBSERVATION = """
            {`resourceType`:`Observation`,`id`:`o1`,`status`:`final`,`subject`:{`reference`:`Patient/p1`},
             `effectiveDateTime`:`2020-05-06T07:08:09+02:00`,`valueQuantity`:{`value`:13.5,`unit`:`g`,`code`:`g`}}""";

    /** A file; each rule as {@code path | method | "key": value}. */
    private static byte[] file(String... rules) {
        return ("{`fhirVersion`: `R4`, `fhirPathRules`: ["
                        + Arrays.stream(rules)
                                .map(rule -> rule.split("\\|", -1))
                                .map(rule -> "{`path`: `" + rule[0].strip() + "`, `method`: `" + rule[1].strip() + "`"
                                        + (rule.length > 2 ? ", " + rule[2] : "") + "}")
                                .collect(Collectors.joining(","))
                        + "]}")
                .replace('`', '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> notes(String... rules) {
        return Rules.compiled(file(rules)).notes().stream()
                .map(note -> note.pointer() + " " + note.message())
                .toList();
    }

    @Test
    void whatNoRuleNamesLeavesAsTheShippedRulesSay() {
        RuleSet shipped = RuleSet.shipped("kds-pseudonymised");
        RuleSet narrow = Rules.compiled(file("nodesByType('HumanName') | redact"));
        assertThat(narrow.notes()).isEmpty();
        assertThat(narrow.resourceTypes()).isEqualTo(shipped.resourceTypes());
        assertThat(Rules.left(narrow, PATIENT).replaceAll("[0-9a-f]{64}", "#"))
                .isEqualTo(Rules.left(shipped, PATIENT).replaceAll("[0-9a-f]{32}", "#"))
                .doesNotContain("Muster", "0815", "4711", "Leipzig", "1961-08");
    }

    @Test
    void eachMethodHasItsCounterpart() {
        RuleSet rules = Rules.compiled(file(
                "Resource.id | cryptoHash | `truncateToMaxLength`: 32",
                "nodesByType('Reference').reference | cryptoHash | `truncateToMaxLength`: 32",
                "nodesByType('Identifier').where(type.coding.where(code = 'MR').exists()).value | pseudonymize | `domain`: `PATIENT`",
                "Patient.gender | substitute | `replaceWith`: `unknown`",
                "Patient.birthDate | generalize | `cases`: {`$this`: `$this.toString().substring(0, 4)`}, `otherValues`: `redact`",
                "nodesByType('Address').postalCode | generalize | `cases`: `{\\`$this\\`: \\`$this.substring(0,1)\\`}`",
                "Observation.effective.ofType(dateTime) | dateShift",
                "Observation.value.ofType(Quantity).value | perturb | `span`: 2, `rangeType`: `fixed`",
                "nodesByType('Extension') | redact",
                "Observation.status | keep"));
        assertThat(rules.notes()).isEmpty();
        assertThat(rules.domains()).contains("PATIENT");
        String patient = Rules.left(rules, PATIENT);
        assertThat(patient)
                .contains("`value`:`PATIENT-1`", "`gender`:`unknown`", "`birthDate`:`1961`", "`postalCode`:`0`")
                .containsPattern("`id`:`[0-9a-f]{32}`");
        String observation = Rules.left(rules, OBSERVATION);
        assertThat(observation)
                .containsPattern("Patient/[0-9a-f]{32}`")
                .containsPattern("`effectiveDateTime`:`20(19|20)-[0-9]{2}-[0-9]{2}`")
                .contains("`status`:`final`")
                .doesNotContain("2020-05-06", "`value`:13.5");
    }

    @Test
    void whoAsksForMoreIsToldAndGetsNoMore() {
        String[] more = {
            "Patient.address.postalCode | keep",
            "Patient.birthDate | generalize | `cases`: {`$this`: `$this.toString().replaceMatches('(?<year>\\\\\\\\d{4})-(?<month>\\\\\\\\d{2})-(?<day>\\\\\\\\d{2})', '${year}-${month}')`}",
            "Patient.name.family | keep",
            "Patient.identifier.value | keep",
            "Practitioner.name.family | keep",
            "Resource | keep"
        };
        assertThat(notes(more))
                .hasSize(more.length)
                .anyMatch(note -> note.startsWith("/fhirPathRules/0/path") && note.contains("postalCode"))
                .anyMatch(note -> note.startsWith("/fhirPathRules/1/path") && note.contains("generalise"));
        RuleSet rules = Rules.compiled(file(more));
        String left = Rules.left(rules, PATIENT);
        assertThat(left)
                .contains("`postalCode`:`04`", "`birthDate`:`1961-07`")
                .doesNotContain("Muster", "0815", "4711", "OTHER", "04103");
        assertThat(Rules.left(rules, "{`resourceType`:`Practitioner`,`id`:`d`,`name`:[{`family`:`Arzt`}]}"))
                .isEmpty();
    }

    @Test
    void removalGoesBeforeWhatIsInside() {
        RuleSet rules = Rules.compiled(file("Patient.address | redact", "Practitioner.name | redact"));
        assertThat(Rules.left(rules, PATIENT)).doesNotContain("address").contains("birthDate");
        assertThat(rules.resourceTypes()).doesNotContain("Practitioner");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "Patient.birthDate | encrypt; /fhirPathRules/0/method; pseudonymize",
                "Patient.birthDate | blur; /fhirPathRules/0/method; must be one of redact",
                "Patient.birthDate | cryptoHash; /fhirPathRules/0/path; can't be used on Patient.birthDate",
                "Resource.id | cryptoHash | `truncateToMaxLength`: 8; /fhirPathRules/0/truncateToMaxLength; from 32 to 64",
                "Patient.identifier.value | pseudonymize; /fhirPathRules/0/domain; Say the domain",
                "Patient.birthDate | generalize | `cases`: {`$this > 5`: `5`}; /fhirPathRules/0/cases; Of cases one",
                "Patient.birthDate | generalize | `cases`: {`$this`: `$this.substring(0,9)`}; /fhirPathRules/0/cases; Of cases one",
                "Patient.birthDate | generalize | `otherValues`: `keep`; /fhirPathRules/0/otherValues; redact",
                "Observation.value.ofType(Quantity).value | perturb; /fhirPathRules/0/span; above 0",
                "Patient.gender | substitute; /fhirPathRules/0/replaceWith; leaves instead",
                "Patient.gender | redact | `if`: 1; /fhirPathRules/0/if; Unknown key",
                "Patient.descendants() | redact; /fhirPathRules/0/path; descendants() is not understood",
                "nodesByName('family') | redact; /fhirPathRules/0/path; begins with a type",
                "Patient.genda | redact; /fhirPathRules/0/path; has no element genda",
            })
    void whatHasNoCounterpartIsRefusedWithItsPlace(String rule, String pointer, String message) {
        assertThat(Rules.problems(file(rule))).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void rulesBehindOthersAreRefused() {
        assertThat(Rules.problems(file("nodesByType('Address') | redact", "Patient.address.postalCode | redact")))
                .as("removed by the first, with all that is inside")
                .isEmpty();
        assertThat(Rules.problems(file("Patient.gender | keep", "Patient.gender | redact")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/fhirPathRules/1/path");
                    assertThat(problem.message()).contains("can never apply", "/fhirPathRules/0/path");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "{`fhirPathRules`: []}; /fhirPathRules; list of rules",
                "{`fhirPathRules`: [1]}; /fhirPathRules/0; object with path",
                "{`fhirPathRules`: [{`path`:`Patient.gender`,`method`:`redact`}], `x`: 1}; /x; Unknown key",
                "{`fhirVersion`:`STU3`,`fhirPathRules`: [{`path`:`Patient.gender`,`method`:`redact`}]}; /fhirVersion; R4",
                "{`processingErrors`:`keep`,`fhirPathRules`: [{`path`:`Patient.gender`,`method`:`redact`}]}; /processingErrors; raise",
                "{`parameters`:{`cryptoHashKey`:`s3cret`},`fhirPathRules`: [{`path`:`Patient.gender`,`method`:`redact`}]}; /parameters/cryptoHashKey; Keys do not stand",
                "{`name`:`a b`,`fhirPathRules`: [{`path`:`Patient.gender`,`method`:`redact`}]}; /name; has a name",
            })
    void filesThatAreRefused(String file, String pointer, String message) {
        List<Problem> problems = Rules.problems(file.replace('`', '"').getBytes(StandardCharsets.UTF_8));
        assertThat(problems.toString()).doesNotContain("s3cret");
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void settingsThatChangeWhatLeavesAreTold() {
        String file = "{`parameters`:{`dateShiftScope`:`resource`,`enablePartialDatesForRedact`:true,"
                + "`enablePartialZipCodesForRedact`:false,`cryptoHashKey`:``},"
                + "`fhirPathRules`:[{`path`:`Patient.gender`,`method`:`redact`}]}";
        assertThat(Rules.compiled(file.replace('`', '"').getBytes(StandardCharsets.UTF_8))
                        .notes())
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/parameters/dateShiftScope", "/parameters/enablePartialDatesForRedact");
    }

    @Test
    void whatWasReadIsReadAgainAsTheSame() {
        RuleSet first = Rules.compiled(file("Patient.gender | redact"));
        RuleSet again = Rules.compiled(FhirJson.write(first.source()));
        assertThat(again.name()).isEqualTo(first.name());
        assertThat(again.hash())
                .isEqualTo(first.hash())
                .isNotEqualTo(Rules.compiled(file("Patient.active | redact")).hash());
    }
}
