package allmende.app.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.site.SiteUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyVaultTest {

    @TempDir
    private Path data = Path.of("");

    private KeyVault vault() {
        return KeyVault.open(data, Map.of());
    }

    @Test
    void keysStayAndAreTheOwnersAlone() throws IOException {
        byte[] key = vault().key("deliveries").getEncoded();
        assertThat(key).hasSize(KeyVault.LENGTH);
        assertThat(vault().key("deliveries").getEncoded()).isEqualTo(key);
        assertThat(vault().key("others").getEncoded()).isNotEqualTo(key);
        for (String file : List.of("vault.p12", "vault.password")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve("keys").resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(data.resolve("keys/vault.p12"))))
                .doesNotContain(HexFormat.of().formatHex(key));
        assertThat(vault()).hasToString("KeyVault");
    }

    @Test
    void derivedKeysDependOnNameAndUse() {
        KeyVault vault = vault();
        byte[] one = vault.derive("projects", "project/1", 32);
        assertThat(vault().derive("projects", "project/1", 32)).isEqualTo(one);
        assertThat(vault.derive("projects", "project/2", 32)).isNotEqualTo(one);
        assertThat(vault.derive("others", "project/1", 32)).isNotEqualTo(one);
        assertThat(vault.derive("projects", "project/1", 64)).hasSize(64).startsWith(one);
        assertThatThrownBy(() -> vault.derive("projects", "x", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vault.key("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void olderVersionsStayWhenAKeyIsReplaced() {
        KeyVault vault = vault();
        byte[] first = vault.key("deliveries").getEncoded();
        byte[] derived = vault.derive("deliveries", "a", 32);
        KeyVault other = vault();
        assertThat(other.rotate("deliveries")).isEqualTo(2);
        assertThat(other.key("deliveries").getEncoded()).isNotEqualTo(first);
        assertThat(other.key("deliveries", 1).getEncoded()).isEqualTo(first);
        assertThat(other.derive("deliveries", 1, "a", 32)).isEqualTo(derived);
        assertThat(vault.key("deliveries", 2).getEncoded())
                .as("a version that another process has added")
                .isEqualTo(other.key("deliveries").getEncoded());
        assertThat(other.version("deliveries")).isEqualTo(2);
        assertThat(other.list()).containsExactly(new KeyVault.Listed("deliveries", 2));
        assertThatThrownBy(() -> vault.key("deliveries", 3)).hasMessageContaining("no version 3");
        assertThatThrownBy(() -> vault.key("deliveries", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passwordOfTheEnvironmentCountsAlone() {
        byte[] key =
                KeyVault.open(data, Map.of(KeyVault.PASSWORD, "right")).key("a").getEncoded();
        assertThat(data.resolve("keys/vault.password")).doesNotExist();
        assertThat(KeyVault.open(data, Map.of(KeyVault.PASSWORD, "right"))
                        .key("a")
                        .getEncoded())
                .isEqualTo(key);
        assertThatThrownBy(() ->
                        KeyVault.open(data, Map.of(KeyVault.PASSWORD, "wrong")).key("a"))
                .isInstanceOf(SiteUnavailable.class)
                .hasMessageContaining("can't be used");
        assertThatThrownBy(() -> vault().key("a")).isInstanceOf(SiteUnavailable.class);
    }

    @Test
    void filesThatOthersCanReadAreNotUsed() throws IOException {
        vault().key("a");
        Files.setPosixFilePermissions(
                data.resolve("keys/vault.password"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> vault().key("a"))
                .isInstanceOf(SiteUnavailable.class)
                .hasMessageContaining("can be read or written by others");
    }

    @Test
    void severalAtOnceMakeOneKey() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> HexFormat.of().formatHex(vault().key("same").getEncoded()));
            }
            List<String> keys = new ArrayList<>();
            for (Future<String> key : threads.invokeAll(calls)) {
                keys.add(key.get());
            }
            assertThat(keys.stream().distinct()).hasSize(1);
        }
    }
}
