package allmende.app.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    @TempDir
    Path folder;

    private Settings of(String text) throws IOException {
        Files.writeString(folder.resolve(Settings.FILE), text);
        return Settings.read(folder);
    }

    @Test
    void withoutAFileNothingIsSet() {
        assertThat(Settings.read(folder).get(Settings.Key.PORTAL)).isNull();
        assertThat(Settings.read(folder).get(Settings.Key.PORT, "8080")).isEqualTo("8080");
    }

    @Test
    void readsWhatIsWritten() throws IOException {
        Settings settings = of("""
                # a site
                name = Universitätsmedizin Auental
                portal = https://portal.example
                port = 8443
                tls = secret/site.p12
                proxy =
                """);

        assertThat(settings.get(Settings.Key.NAME)).isEqualTo("Universitätsmedizin Auental");
        assertThat(settings.get(Settings.Key.PORT)).isEqualTo("8443");
        assertThat(settings.file(Settings.Key.TLS)).isEqualTo(folder.resolve("secret/site.p12"));
        assertThat(settings.get(Settings.Key.PROXY)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prot = 1",
                "port = many",
                "port = 70000",
                "portal = portal.example",
                "proxy = proxy",
                "url = a b"
            })
    void refusesWhatCannotBeMeantAndNamesIt(String line) {
        String key = line.substring(0, line.indexOf(' '));

        assertThatThrownBy(() -> of(line)).isInstanceOf(SiteUnavailable.class).hasMessageContaining("\"" + key + "\"");
    }

    @Test
    void hasNoMoreThanFifteenKeys() {
        assertThat(Settings.Key.values()).hasSizeLessThanOrEqualTo(15);
    }
}
