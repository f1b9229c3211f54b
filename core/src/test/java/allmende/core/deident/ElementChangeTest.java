package allmende.core.deident;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.profile.Words;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dictionary of a delivery says of de-identified elements, for the shipped rules. */
class ElementChangeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Patient.birthDate              | the first month of the quarter only
                    Patient.address.postalCode     | the first 2 digits only
                    Patient.name.family            | left out
                    Condition.id                   | replaced by a keyed hash
                    Condition.note                 | left out
                    Condition.code                 | unchanged
                    Condition.code.coding:icd10-gm.code | unchanged
                    Condition.onset[x]             | unchanged
                    Invented.thing                 | left out
                    """)
    void saysWhatTheShippedRulesDo(String element, String said) {
        assertThat(RuleSet.shipped("kds-pseudonymised")
                        .change(element)
                        .map(Words::en)
                        .orElse("unchanged"))
                .contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Patient.birthDate    | nur das Jahr
                    Patient.identifier   | weggelassen
                    """)
    void saysItInGermanToo(String element, String said) {
        assertThat(RuleSet.shipped("anonymised").change(element).map(Words::de))
                .hasValueSatisfying(words -> assertThat(words).contains(said));
    }
}
