package allmende.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.keys.KeyVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys by command: names and versions are shown, secrets never. */
class KeysCommandTest {

    @TempDir
    private Path data;

    private Typed run(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "keys";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--data";
        all[words.length + 2] = data.toString();
        return Typed.run(all);
    }

    @Test
    void anEmptyVaultHasNoKeys() {
        Typed list = run("list");
        assertThat(list.code()).isEqualTo(Commands.OK);
        assertThat(list.out()).isEmpty();
        assertThat(list.err()).contains("no keys yet");
        Typed rotated = run("rotate", "deident-projects");
        assertThat(rotated.code()).isEqualTo(Commands.WRONG);
        assertThat(rotated.err()).contains("no key of this name");
        assertThat(run("list").out()).as("is not made by the way").isEmpty();
    }

    @Test
    void aVersionIsAddedAndNoSecretIsShown() throws Exception {
        KeyVault vault = KeyVault.open(data, Map.of());
        byte[] first = vault.key("deident-projects").getEncoded();
        String password = Files.readString(data.resolve("keys/vault.password")).strip();

        Typed before = run("list");
        Typed rotated = run("rotate", "deident-projects");
        Typed after = run("list");

        assertThat(before.out()).isEqualTo("deident-projects\t1" + System.lineSeparator());
        assertThat(rotated.code()).isEqualTo(Commands.OK);
        assertThat(rotated.out()).isEqualTo("deident-projects\t2" + System.lineSeparator());
        assertThat(after.out()).isEqualTo("deident-projects\t2" + System.lineSeparator());
        KeyVault again = KeyVault.open(data, Map.of());
        assertThat(again.key("deident-projects", 1).getEncoded()).isEqualTo(first);
        byte[] second = again.key("deident-projects").getEncoded();
        assertThat(second).isNotEqualTo(first);
        for (Typed typed : List.of(before, rotated, after)) {
            for (byte[] secret : List.of(first, second)) {
                assertThat(typed.out() + typed.err())
                        .doesNotContain(HexFormat.of().formatHex(secret))
                        .doesNotContain(Base64.getEncoder().encodeToString(secret))
                        .doesNotContain(password);
            }
        }
    }

    @Test
    void whatIsTypedWronglyIsTold() {
        assertThat(run().code()).isEqualTo(Commands.WRONG);
        assertThat(Typed.run("keys").err()).contains("list or rotate");
        assertThat(run("rotate").code()).isEqualTo(Commands.WRONG);
        assertThat(run("burn").code()).isEqualTo(Commands.WRONG);
        Typed odd = run("rotate", "No Key!");
        assertThat(odd.code()).isEqualTo(Commands.WRONG);
        assertThat(odd.err()).doesNotContain("Exception");
    }

    @Test
    void aVaultThatCanNotBeReadIsToldWithoutATrace() throws Exception {
        KeyVault.open(data, Map.of()).version("deident-projects");
        Files.write(data.resolve("keys/vault.p12"), new byte[] {1, 2, 3});
        for (Typed typed : List.of(run("list"), run("rotate", "deident-projects"))) {
            assertThat(typed.code()).isNotEqualTo(Commands.OK);
            assertThat(typed.out()).isEmpty();
            assertThat(typed.err()).isNotBlank().doesNotContain("Exception", "\tat ");
        }
    }
}
