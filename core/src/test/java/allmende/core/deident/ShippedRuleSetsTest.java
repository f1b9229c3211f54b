package allmende.core.deident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShippedRuleSetsTest {

    private static final String PATIENT = """
            {`resourceType`:`Patient`,`id`:`p1`,
             `meta`:{`versionId`:`7`,`lastUpdated`:`2024-01-02T03:04:05Z`,`source`:`http://kis.hospital.example`,
                     `profile`:[`https://www.medizininformatik-initiative.de/fhir/core/modul-person/StructureDefinition/Patient`],
                     `tag`:[{`system`:`http://hospital.example/tags`,`code`:`vip`}]},
             `text`:{`status`:`generated`,`div`:`<div>Erika Mustermann</div>`},
             `identifier`:[
              {`use`:`usual`,`type`:{`coding`:[{`system`:`http://terminology.hl7.org/CodeSystem/v2-0203`,`code`:`MR`}]},
               `system`:`http://hospital.example/patients`,`value`:`10000001`,`assigner`:{`display`:`Klinikum`}},
              {`use`:`official`,`type`:{`coding`:[{`system`:`http://fhir.de/CodeSystem/identifier-type-de-basis`,`code`:`KVZ10`}],`text`:`KVNR`},
               `system`:`http://fhir.de/sid/gkv/kvid-10`,`value`:`A123456789`},
              {`system`:`http://hospital.example/other`,`value`:`untyped-4711`}],
             `name`:[{`family`:`Mustermann`,`given`:[`Erika`]}],
             `gender`:`other`,
             `_gender`:{`extension`:[{`url`:`http://fhir.de/StructureDefinition/gender-amtlich-de`,
               `valueCoding`:{`system`:`http://fhir.de/CodeSystem/gender-amtlich-de`,`code`:`D`,`display`:`divers`}}]},
             `birthDate`:`1960-11-23`,
             `_birthDate`:{`extension`:[{`url`:`http://hl7.org/fhir/StructureDefinition/patient-birthTime`,`valueDateTime`:`1960-11-23T04:05:06Z`}]},
             `deceasedDateTime`:`2024-02-03T10:00:00+01:00`,
             `address`:[{`type`:`both`,`line`:[`Hauptstr. 1`],`city`:`Dortmund`,`postalCode`:`44137`,`country`:`DE`}],
             `contact`:[{`name`:{`family`:`Angehöriger`}}]}""";

    @ParameterizedTest
    @ValueSource(strings = {"kds-pseudonymised", "anonymised"})
    void compile(String name) {
        assertThat(Rules.problems(RuleSet.shippedFile(name))).isEmpty();
        assertThat(RuleSet.shipped(name).name()).isEqualTo(name);
        assertThat(RuleSet.shipped(name).resourceTypes()).contains("Patient", "Encounter", "Condition", "Observation");
    }

    @Test
    void pseudonymisedPatient() {
        assertThat(Rules.left(RuleSet.shipped("kds-pseudonymised"), PATIENT))
                .isEqualTo(
                        ("""
                {`resourceType`:`Patient`,`id`:`ID`,`meta`:{
                `profile`:[`https://www.medizininformatik-initiative.de/fhir/core/modul-person/StructureDefinition/PatientPseudonymisiert`],
                `security`:[{`system`:`http://terminology.hl7.org/CodeSystem/v3-ObservationValue`,`code`:`PSEUDED`}]},
                `identifier`:[{`type`:{`coding`:[{`system`:`http://terminology.hl7.org/CodeSystem/v3-ObservationValue`,`code`:`PSEUDED`}]},
                `system`:`https://deidentified.invalid/pseudonym/patient`,`value`:`patient-1`},
                {`type`:{`coding`:[{`system`:`http://fhir.de/CodeSystem/identifier-type-de-basis`,`code`:`KVZ10`}]},
                `system`:`http://fhir.de/sid/gkv/kvid-10`,
                `_value`:{`extension`:[{`url`:`http://hl7.org/fhir/StructureDefinition/data-absent-reason`,`valueCode`:`masked`}]}}],
                `gender`:`other`,`_gender`:{`extension`:[{`url`:`http://fhir.de/StructureDefinition/gender-amtlich-de`,
                `valueCoding`:{`system`:`http://fhir.de/CodeSystem/gender-amtlich-de`,`code`:`D`}}]},
                `birthDate`:`1960-10`,
                `_deceasedDateTime`:{`extension`:[{`url`:`http://hl7.org/fhir/StructureDefinition/data-absent-reason`,`valueCode`:`masked`}]},
                `address`:[{`type`:`both`,`postalCode`:`44`,`country`:`DE`}]}""").replace("\n", "").replace("ID", Keys.of(Rules.KEY).id("p1", 32)));
    }

    @Test
    void anonymisedPatient() {
        String left = Rules.left(RuleSet.shipped("anonymised"), PATIENT);
        assertThat(left)
                .contains("`birthDate`:`1960`", "`postalCode`:`4`", "`deceasedDateTime`:`2024`", "ANONYED")
                .doesNotContain("identifier", "1960-", "44137", "2024-");
        assertThat(RuleSet.shipped("anonymised").wantsThrowAwayKey()).isTrue();
    }

    @Test
    void domainsOfTheShippedSets() {
        assertThat(RuleSet.shipped("kds-pseudonymised").domains()).containsExactly("encounter", "patient");
        assertThat(RuleSet.shipped("anonymised").domains()).isEmpty();
    }

    @Test
    void findingKeepsWhatResearchNeeds() {
        String left = Rules.left(RuleSet.shipped("kds-pseudonymised"), """
                {`resourceType`:`Observation`,`id`:`o1`,`status`:`final`,`identifier`:[{`value`:`L-1`}],
                 `code`:{`coding`:[{`system`:`http://loinc.org`,`code`:`718-7`,`display`:`Hb`}],`text`:`Hb von Erika`},
                 `subject`:{`reference`:`Patient/p1`,`display`:`Erika Mustermann`,`identifier`:{`value`:`10000001`}},
                 `effectiveDateTime`:`2024-02-03T10:00:00+01:00`,
                 `valueQuantity`:{`value`:13.50,`unit`:`g/dl von Erika`,`system`:`http://unitsofmeasure.org`,`code`:`g/dL`},
                 `note`:[{`text`:`Erika war nervös`}]}""");
        Keys keys = Keys.of(Rules.KEY);
        assertThat(left)
                .isEqualTo(
                        ("{`resourceType`:`Observation`,`id`:`" + keys.id("o1", 32)
                                + "`,`status`:`final`,`code`:{`coding`:[{`system`:`http://loinc.org`,`code`:`718-7`}]},"
                                + "`subject`:{`reference`:`Patient/" + keys.id("p1", 32)
                                + "`},`effectiveDateTime`:`2024-02-03T10:00:00+01:00`,"
                                + "`valueQuantity`:{`value`:13.50,`system`:`http://unitsofmeasure.org`,`code`:`g/dL`},"
                                + "`meta`:{`security`:[{`system`:`http://terminology.hl7.org/CodeSystem/v3-ObservationValue`,`code`:`PSEUDED`}]}}"));
    }

    @Test
    void whyOfEachRuleIsTold() {
        assertThat(List.of(RuleSet.shipped("anonymised").source().path("why").stringValue("")))
                .allMatch(why -> why.contains("does not promise anonymity"));
    }
}
