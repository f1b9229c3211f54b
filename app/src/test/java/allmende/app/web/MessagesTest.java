package allmende.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both languages say the same: same keys, same parameters; and every key that a page names exists. */
class MessagesTest {

    private static final Pattern KEY = Pattern.compile("#\\{([a-z][a-z.-]+)|msg\\('([a-z.-]+)'\\)");

    private static Properties read(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(MessagesTest.class.getResourceAsStream("/" + name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    @Test
    void bothLanguagesHaveTheSameKeysAndParameters() throws IOException {
        Properties english = read("messages.properties");
        Properties german = read("messages_de.properties");

        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(new MessageFormat(german.getProperty(key), Locale.GERMAN).getFormatsByArgumentIndex())
                    .as(key)
                    .hasSameSizeAs(
                            new MessageFormat(english.getProperty(key), Locale.ENGLISH).getFormatsByArgumentIndex());
            assertThat(german.getProperty(key)).as(key).isNotBlank();
        }
    }

    @Test
    void everyKeyOfThePagesExists() throws IOException {
        Properties english = read("messages.properties");
        Path templates = Path.of(System.getProperty("allmende.root"), "app/src/main/resources/templates");
        TreeSet<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.list(templates)) {
            for (Path file : files.toList()) {
                Matcher matcher = KEY.matcher(Files.readString(file));
                while (matcher.find()) {
                    used.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(30);
        assertThat(english.stringPropertyNames()).containsAll(used);
    }
}
