package allmende.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.deident.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule sets by command: what is wrong is told with its place, what asks for too much is told as well. */
class DeidentCommandTest {

    @TempDir
    private Path temp;

    private Typed check(String name, String content) throws IOException {
        return Typed.run(
                "deident",
                "check",
                Files.writeString(temp.resolve(name), content).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kds-pseudonymised", "anonymised"})
    void whatIsShownCanBeChecked(String name) throws IOException {
        Typed shown = Typed.run("deident", "show", name);
        assertThat(shown.code()).isEqualTo(Commands.OK);
        assertThat(shown.out().strip())
                .isEqualTo(new String(RuleSet.shippedFile(name), StandardCharsets.UTF_8).strip());
        Typed checked = check("copy.json", shown.out());
        assertThat(checked.code()).isEqualTo(Commands.OK);
        assertThat(checked.out())
                .contains(name + "\t" + RuleSet.shipped(name).hash(), "types\t", "pseudonym domains\t");
        assertThat(checked.err()).isEmpty();
    }

    @Test
    void problemsHaveTheirPlace() throws IOException {
        Typed own = check(
                "own.json",
                "{\"name\":\"own\",\"rules\":[{\"path\":\"Patient.genda\",\"method\":\"keep\",\"why\":\"w\"}]}");
        assertThat(own.code()).isEqualTo(Commands.WRONG);
        assertThat(own.out()).isEmpty();
        assertThat(own.err()).contains("/rules/0/path  Patient has no element genda");
        Typed other = check("other.yaml", "fhirPathRules:\n- {path: Patient.gender, method: encrypt}\n");
        assertThat(other.code()).isEqualTo(Commands.WRONG);
        assertThat(other.err()).contains("/fhirPathRules/0/method");
        assertThat(check("broken.yaml", "a: [").code()).isEqualTo(Commands.WRONG);
        assertThat(check("empty.json", "").err()).contains("The file is empty.");
    }

    @Test
    void aKeyInAFileIsRefusedAndNotRepeated() throws IOException {
        Typed typed = check(
                "keyed.yaml",
                "fhirPathRules:\n- {path: Patient.gender, method: redact}\nparameters:\n  cryptoHashKey: s3cret-key\n");
        assertThat(typed.code()).isEqualTo(Commands.WRONG);
        assertThat(typed.err()).contains("/parameters/cryptoHashKey").doesNotContain("s3cret-key");
    }

    @Test
    void whatAsksForMoreIsUsableAndTold() throws IOException {
        Typed typed = check("pipeline.yaml", "fhirPathRules:\n- {path: Patient.address.postalCode, method: keep}\n");
        assertThat(typed.code()).isEqualTo(Commands.OK);
        assertThat(typed.out()).startsWith("pipeline\t");
        assertThat(typed.err()).contains("/fhirPathRules/0/path", "more of", "That stays so");
    }

    @Test
    void whatIsTypedWronglyIsTold() {
        assertThat(Typed.run("deident").code()).isEqualTo(Commands.WRONG);
        assertThat(Typed.run("deident").err()).contains("check or show");
        assertThat(Typed.run("deident", "check").code()).isEqualTo(Commands.WRONG);
        Typed missing =
                Typed.run("deident", "check", temp.resolve("nowhere.json").toString());
        assertThat(missing.code()).isEqualTo(Commands.WRONG);
        assertThat(missing.err()).contains("no such file").doesNotContain("Exception");
        assertThat(Typed.run("deident", "check", temp.toString()).code()).isEqualTo(Commands.WRONG);
        Typed none = Typed.run("deident", "show", "own");
        assertThat(none.code()).isEqualTo(Commands.WRONG);
        assertThat(none.err()).contains("kds-pseudonymised, anonymised");
    }
}
