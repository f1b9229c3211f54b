package allmende.app.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    private static final List<String> OWN = List.of("Rosa Müller", "Klinikum Musterstadt");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kastanien blühen im mai",
                "correct horse battery",
                "Gemeingut macht schlau",
                "x7Kq-9vTz_2mWp.4rBn",
                "ключ лежит под старым мостом",
                "zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich, und dann noch einmal zurück"
            })
    void takesPassphrasesInAnyAlphabetWithoutPrescribedKindsOfCharacters(String password) {
        assertThat(PasswordRules.fault(password, OWN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kurz", "vierzehnlang!!", "Tr0ub4dor&3"})
    void refusesWhatIsShort(String password) {
        assertThat(PasswordRules.fault(password, OWN)).contains(PasswordRules.Fault.SHORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwort123456789",
                "P4ssw0rtP4ssw0rt",
                "qwertzuiopasdfghjkl",
                "aaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabcabc",
                "Allmende2026Allmende",
                "rosamueller-musterstadt",
                "Sommer2026Sommer2026!"
            })
    void refusesWhatIsGuessedFirst(String password) {
        assertThat(PasswordRules.fault(password, OWN)).contains(PasswordRules.Fault.GUESSABLE);
    }

    @Test
    void countsCharactersAndNotBytes() {
        assertThat(PasswordRules.fault("🐢🦊🐝🦉🐌🦔🐸🦋🐞🐢🦊🐝🦉🐌", List.of()))
                .contains(PasswordRules.Fault.SHORT);
        assertThat(PasswordRules.fault("x".repeat(129), List.of())).contains(PasswordRules.Fault.LONG);
    }

    @Test
    void hashesTheWholePassphraseHoweverItsLettersAreComposed() {
        PasswordHashes hashes = new PasswordHashes();
        String hash = hashes.encode("ä".repeat(100) + "x");

        assertThat(hashes.matches("ä".repeat(100) + "x", hash)).isTrue();
        assertThat(hashes.matches("ä".repeat(100) + "y", hash)).isFalse();
        assertThat(hashes.matches("a\u0308".repeat(100) + "x", hash)).isTrue();
    }
}
