package allmende.core.deident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Each method in plain cases. JSON is written with back ticks for quotes. */
final class DeidentifierTest {

    @Test
    void leavesNothingWithoutRule() {
        RuleSet rules = Rules.of("Patient.gender | keep");
        assertThat(Rules.left(rules, "{`resourceType`:`Patient`,`id`:`1`,`gender`:`male`,`active`:true,`x`:{`y`:1}}"))
                .isEqualTo("{`resourceType`:`Patient`,`gender`:`male`}");
        assertThat(Rules.left(rules, "{`resourceType`:`Patient`,`id`:`1`}")).isEmpty();
        assertThat(Rules.left(rules, "{`resourceType`:`Observation`,`status`:`final`}"))
                .isEmpty();
        assertThat(Rules.left(rules, "{`resourceType`:`Erika Mustermann`,`gender`:`male`}"))
                .isEmpty();
    }

    @Test
    void keepsOfAnElementWithPartsWhatTheirRulesLetOut() {
        RuleSet rules = Rules.of("Condition.code | keep", "CodeableConcept.coding | keep", "Coding.code | keep");
        assertThat(Rules.left(rules, """
                {`resourceType`:`Condition`,`code`:{`coding`:[{`system`:`s`,`code`:`A`},{`display`:`x`}],`text`:`t`},
                 `severity`:{`coding`:[{`code`:`B`}]}}""")).isEqualTo("{`resourceType`:`Condition`,`code`:{`coding`:[{`code`:`A`}]}}");
    }

    @Test
    void moreSpecificRuleWins() {
        RuleSet rules = Rules.of(
                "Condition.code | keep",
                "Condition.bodySite | keep",
                "CodeableConcept.coding | keep",
                "Coding.code | keep",
                "CodeableConcept.text | remove",
                "Condition.code.text | keep");
        assertThat(Rules.left(rules, "{`resourceType`:`Condition`,`code`:{`text`:`a`},`bodySite`:[{`text`:`b`}]}"))
                .isEqualTo("{`resourceType`:`Condition`,`code`:{`text`:`a`}}");
    }

    @Test
    void conditionsLookAtEachElement() {
        RuleSet rules = Rules.of(
                "Patient.identifier.where(system = 'a').value | keep",
                "Patient.identifier.where(system = 'b').value | redact",
                "Patient.identifier.value | remove");
        assertThat(Rules.left(rules, """
                {`resourceType`:`Patient`,`identifier`:[{`system`:`a`,`value`:`1`},{`system`:`c`,`value`:`3`},
                 {`system`:`b`,`value`:`2`},{`value`:`4`}]}"""))
                .isEqualTo("{`resourceType`:`Patient`,`identifier`:[{`value`:`1`},{`_value`:{`extension`:[{`url`:"
                        + "`http://hl7.org/fhir/StructureDefinition/data-absent-reason`,`valueCode`:`masked`}]}}]}");
    }

    @Test
    void redactedElementsSayThatTheyAreMaskedOnce() {
        RuleSet rules = Rules.of("Patient.name | redact", "Patient.birthDate | redact", "Patient.gender | keep");
        String masked = "{`extension`:[{`url`:`http://hl7.org/fhir/StructureDefinition/data-absent-reason`,"
                + "`valueCode`:`masked`}]}";
        assertThat(Rules.left(rules, """
                {`resourceType`:`Patient`,`name`:[{`family`:`A`},{`family`:`B`}],`birthDate`:`1960-01-02`,`gender`:`male`}"""))
                .isEqualTo("{`resourceType`:`Patient`,`name`:[" + masked + "],`_birthDate`:" + masked
                        + ",`gender`:`male`}");
    }

    @Test
    void pseudonymsAreAskedForTogetherAndPutIn() {
        RuleSet rules = Rules.of("Patient.identifier.value | pseudonymise | \"domain\": \"d\"");
        List<Integer> asked = new java.util.ArrayList<>();
        PseudonymSource source = (domain, originals) -> {
            asked.add(originals.size());
            return Map.of("1", domain + "-x", "2", domain + "-y");
        };
        List<ObjectNode> left = new Deidentifier(rules, Rules.KEY, source)
                .apply(
                        null,
                        List.of(
                                Rules.json("{`resourceType`:`Patient`,`identifier`:[{`value`:`1`},{`value`:`2`}]}"),
                                Rules.json("{`resourceType`:`Patient`,`identifier`:[{`value`:`2`}]}")));
        assertThat(asked).containsExactly(2);
        assertThat(left)
                .hasToString("[{\"resourceType\":\"Patient\",\"identifier\":[{\"value\":\"d-x\"},{\"value\":\"d-y\"}]},"
                        + " {\"resourceType\":\"Patient\",\"identifier\":[{\"value\":\"d-y\"}]}]");
    }

    @Test
    void withoutPseudonymNothingLeaves() {
        Deidentifier deidentifier = new Deidentifier(
                Rules.of("Patient.identifier.value | pseudonymise | \"domain\": \"d\""), Rules.KEY, (_, _) -> Map.of());
        List<ObjectNode> patients = List.of(Rules.json("{`resourceType`:`Patient`,`identifier`:[{`value`:`geheim`}]}"));
        assertThatThrownBy(() -> deidentifier.apply(null, patients)).hasMessageNotContaining("geheim");
    }

    @Test
    void hashesOfIdsFitTogetherInAllForms() {
        RuleSet rules = Rules.of(
                "Resource.id | hash",
                "Reference.reference | hash",
                "Observation.subject | keep",
                "Observation.focus | keep",
                "Observation.derivedFrom | keep",
                "Patient.gender | keep",
                "Bundle.entry.resource | keep",
                "Bundle.entry.fullUrl | hash");
        String hash = Keys.of(Rules.KEY).id("p1", 32);
        String uuid = Keys.of(Rules.KEY)
                .uuid("urn:uuid:6f1a3c1e-0000-4000-8000-00000000000a")
                .toString();
        assertThat(Rules.left(rules, """
                {`resourceType`:`Bundle`,`entry`:[
                 {`fullUrl`:`https://h.example/fhir/Patient/p1`,`resource`:{`resourceType`:`Patient`,`id`:`p1`}},
                 {`fullUrl`:`urn:uuid:6F1A3C1E-0000-4000-8000-00000000000A`,`resource`:{`resourceType`:`Observation`,
                  `subject`:{`reference`:`Patient/p1/_history/3`},
                  `focus`:[{`reference`:`https://h.example/fhir/Patient/p1`},{`reference`:`Patient?identifier=4711`}],
                  `derivedFrom`:[{`reference`:`urn:uuid:6f1a3c1e-0000-4000-8000-00000000000a`},{`reference`:`Frau Muster`},
                   {`reference`:`#weg`}]}},
                 {`fullUrl`:`https://h.example/fhir/Media/9`,`resource`:{`resourceType`:`Media`,`id`:`9`}}]}"""))
                .isEqualTo("{`resourceType`:`Bundle`,`entry`:["
                        + "{`fullUrl`:`https://deidentified.invalid/fhir/Patient/" + hash
                        + "`,`resource`:{`resourceType`:`Patient`,`id`:`" + hash + "`}},"
                        + "{`fullUrl`:`urn:uuid:" + uuid + "`,`resource`:{`resourceType`:`Observation`,"
                        + "`subject`:{`reference`:`Patient/" + hash + "`},"
                        + "`focus`:[{`reference`:`Patient/" + hash + "`}],"
                        + "`derivedFrom`:[{`reference`:`urn:uuid:" + uuid + "`}]}}]}");
        assertThat(hash).matches("[0-9a-f]{32}");
    }

    @Test
    void containedResourcesFollowTheRulesOfTheirTypeAndReferencesToThemTheirIds() {
        RuleSet rules = Rules.of(
                "Resource.id | hash",
                "Reference.reference | hash",
                "DomainResource.contained | keep",
                "MedicationRequest.medication | keep",
                "MedicationRequest.reasonReference | keep",
                "Medication.status | keep");
        String hash = Keys.of(Rules.KEY).id("m", 32);
        assertThat(Rules.left(rules, """
                {`resourceType`:`MedicationRequest`,`medicationReference`:{`reference`:`#m`},
                 `contained`:[{`resourceType`:`Medication`,`id`:`m`,`status`:`active`,`batch`:{`lotNumber`:`7`}},
                  {`resourceType`:`Practitioner`,`id`:`dr`,`name`:[{`family`:`Arzt`}]}],
                 `reasonReference`:[{`reference`:`#dr`}]}"""))
                .isEqualTo("{`resourceType`:`MedicationRequest`,`medicationReference`:{`reference`:`#" + hash
                        + "`},`contained`:[{`resourceType`:`Medication`,`id`:`" + hash + "`,`status`:`active`}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "birthDate, 1960-11-23, quarter, 1960-10",
        "birthDate, 1960-03-31, quarter, 1960-01",
        "birthDate, 1960-04, quarter, 1960-04",
        "birthDate, 1960, quarter, 1960",
        "birthDate, 1960-11-23, month, 1960-11",
        "birthDate, 1960-11-23, year, 1960",
        "deceasedDateTime, 2024-02-29T10:11:12.5+01:00, month, 2024-02",
        "deceasedDateTime, 2024-02-29T10:11:12Z, quarter, 2024-01",
    })
    void generalisesDates(String property, String value, String to, String expected) {
        String rule = (property.equals("birthDate") ? "Patient.birthDate" : "Patient.deceased.ofType(dateTime)")
                + " | generalise | \"to\": \"" + to + "\"";
        assertThat(Rules.left(Rules.of(rule), "{`resourceType`:`Patient`,`" + property + "`:`" + value + "`}"))
                .isEqualTo("{`resourceType`:`Patient`,`" + property + "`:`" + expected + "`}");
    }

    @ParameterizedTest
    @CsvSource({"1960-02-30", "23.11.1960", "1960-13", "Mustermann", "1960-11-23T10:00", "0000", "1960-1-1"})
    void whatIsNoDateNeverLeaves(String value) {
        String patient = "{`resourceType`:`Patient`,`birthDate`:`" + value + "`}";
        assertThat(Rules.left(Rules.of("Patient.birthDate | keep"), patient)).isEmpty();
        assertThat(Rules.left(Rules.of("Patient.birthDate | generalise | \"to\": \"year\""), patient))
                .isEmpty();
    }

    @Test
    void generalisesInstantsPostcodesAndNumbers() {
        RuleSet rules = Rules.of(
                "Observation.issued | generalise | \"to\": \"year\"",
                "Observation.value.ofType(integer) | generalise | \"width\": 10",
                "Patient.address.postalCode | generalise | \"digits\": 2",
                "Patient.multipleBirth.ofType(integer) | generalise | \"above\": 2",
                "Patient.birthDate | generalise | \"to\": \"quarter\", \"earliest\": 1935");
        assertThat(Rules.left(
                        rules, "{`resourceType`:`Observation`,`issued`:`2024-05-06T07:08:09Z`,`valueInteger`:57}"))
                .isEqualTo("{`resourceType`:`Observation`,`issued`:`2024-01-01T00:00:00Z`,`valueInteger`:50}");
        assertThat(Rules.left(rules, """
                {`resourceType`:`Patient`,`multipleBirthInteger`:5,`birthDate`:`1921-05-06`,
                 `address`:[{`postalCode`:`44137`},{`postalCode`:`SW1A 2AA`},{`postalCode`:`44`}]}"""))
                .isEqualTo("{`resourceType`:`Patient`,`multipleBirthInteger`:3,`birthDate`:`1935`,"
                        + "`address`:[{`postalCode`:`44`},{`postalCode`:`44`}]}");
    }

    @Test
    void shiftedDatesKeepTheirDistanceTimeAndPrecision() {
        RuleSet rules = Rules.of(
                "Encounter.period.start | shift",
                "Encounter.period.end | shift | \"time\": \"drop\"",
                "Encounter.location.period.start | shift");
        String encounter = """
                {`resourceType`:`Encounter`,`period`:{`start`:`2024-03-30T23:59:59+01:00`,`end`:`2024-04-02T08:00:00+02:00`},
                 `location`:[{`period`:{`start`:`2024`}},{`period`:{`start`:`2024-03`}}]}""";
        int days = Keys.of(Rules.KEY).days("p1", 50);
        String start = java.time.LocalDate.of(2024, 3, 30).plusDays(days).toString();
        String end = java.time.LocalDate.of(2024, 4, 2).plusDays(days).toString();
        String month =
                java.time.LocalDate.of(2024, 3, 15).plusDays(days).toString().substring(0, 7);
        assertThat(Rules.left(rules, Rules.KEY, "p1", encounter))
                .isEqualTo("{`resourceType`:`Encounter`,`period`:{`start`:`" + start + "T23:59:59+01:00`,`end`:`" + end
                        + "`},`location`:[{`period`:{`start`:`2024`}},{`period`:{`start`:`" + month + "`}}]}");
        assertThat(Rules.left(rules, encounter)).as("without patient").isEmpty();
        assertThat(days).isNotZero().isBetween(-50, 50);
    }

    @Test
    void entriesOfABundleMoveWithTheirOwnPatients() {
        RuleSet rules =
                Rules.of("Bundle.entry.resource | keep", "Condition.recordedDate | shift", "Patient.birthDate | shift");
        Keys keys = Keys.of(Rules.KEY);
        java.time.LocalDate day = java.time.LocalDate.of(2024, 1, 31);
        assertThat(Rules.left(rules, """
                {`resourceType`:`Bundle`,`entry`:[
                 {`fullUrl`:`urn:uuid:b`,`resource`:{`resourceType`:`Patient`,`birthDate`:`2024-01-31`}},
                 {`resource`:{`resourceType`:`Condition`,`subject`:{`reference`:`Patient/a`},`recordedDate`:`2024-01-31`}},
                 {`resource`:{`resourceType`:`Condition`,`subject`:{`reference`:`urn:uuid:b`},`recordedDate`:`2024-01-31`}},
                 {`resource`:{`resourceType`:`Condition`,`recordedDate`:`2024-01-31`}}]}"""))
                .isEqualTo("{`resourceType`:`Bundle`,`entry`:["
                        + "{`resource`:{`resourceType`:`Patient`,`birthDate`:`"
                        + day.plusDays(keys.days("urn:uuid:b", 50))
                        + "`}},{`resource`:{`resourceType`:`Condition`,`recordedDate`:`"
                        + day.plusDays(keys.days("a", 50))
                        + "`}},{`resource`:{`resourceType`:`Condition`,`recordedDate`:`"
                        + day.plusDays(keys.days("urn:uuid:b", 50)) + "`}}]}");
    }

    @Test
    void noiseIsTheSameEachTimeAndKeepsDecimals() {
        RuleSet rules = Rules.of("Observation.value.ofType(Quantity).value | perturb | \"by\": 0.5");
        String observation = "{`resourceType`:`Observation`,`valueQuantity`:{`value`:13.50}}";
        String left = Rules.left(rules, Rules.KEY, "p", observation);
        assertThat(left).matches("\\{`resourceType`:`Observation`,`valueQuantity`:\\{`value`:1[34]\\.\\d\\d}}");
        assertThat(Rules.left(rules, Rules.KEY, "p", observation)).isEqualTo(left);
        assertThat(Rules.left(rules, Rules.KEY, "q", observation)).isNotEqualTo(left);
    }

    @Test
    void extensionsOfPrimitivesNeedRulesOfTheirOwn() {
        RuleSet rules = Rules.of(
                "Patient.birthDate | generalise | \"to\": \"year\"",
                "Patient.birthDate.extension('u').value.ofType(code) | keep",
                "HumanName.given.extension('u') | keep",
                "HumanName.given.extension('u').value.ofType(code) | keep",
                "Patient.name | keep",
                "HumanName.given | keep");
        assertThat(Rules.left(rules, """
                {`resourceType`:`Patient`,`birthDate`:`1960-05-06`,
                 `_birthDate`:{`id`:`x`,`extension`:[{`url`:`u`,`valueCode`:`c`},{`url`:`v`,`valueCode`:`d`}]},
                 `name`:[{`given`:[`A`,null,`C`],`_given`:[null,{`extension`:[{`url`:`u`,`valueCode`:`g`}]},{`id`:`y`}]}]}"""))
                .isEqualTo(
                        "{`resourceType`:`Patient`,`birthDate`:`1960`,`_birthDate`:{`extension`:[{`url`:`u`,`valueCode`:`c`}]},"
                                + "`name`:[{`given`:[`A`,null,`C`],`_given`:[null,{`extension`:[{`url`:`u`,`valueCode`:`g`}]},null]}]}");
    }

    @Test
    void reportCountsByRuleAndElement() {
        RuleSet rules = Rules.of("Patient.gender | keep", "Patient.birthDate | keep");
        Deidentifier deidentifier = new Deidentifier(rules, Rules.KEY, PseudonymSource.none());
        deidentifier.apply(
                null,
                List.of(
                        Rules.json("{`resourceType`:`Patient`,`gender`:`male`,`birthDate`:`x`,`name`:[{},{}],`foo`:1}"),
                        Rules.json("{`resourceType`:`Media`}"),
                        Rules.json("{`resourceType`:`Erika`}")));
        DeidentReport report = deidentifier.report();
        assertThat(report.received()).isEqualTo(3);
        assertThat(report.left()).isEqualTo(1);
        assertThat(report.withoutRules()).isEqualTo(Map.of("Media", 1L, "(unknown)", 1L));
        assertThat(report.rules()).extracting(DeidentReport.RuleCount::count).containsExactly(1L, 1L);
        assertThat(report.unnamed()).isEqualTo(Map.of("Patient.name", 2L));
        assertThat(report.unknown()).isEqualTo(1);
        assertThat(report.malformed()).isEqualTo(1);
    }
}
