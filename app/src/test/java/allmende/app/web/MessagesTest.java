package allmende.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages say the same: same keys, same parameters; and every key that a page names exists, once. */
class MessagesTest {

    /** A key in a message expression; one that is put together while the page is made ends in a dot. */
    private static final Pattern KEY = Pattern.compile(
            "#\\{([a-zA-Z][a-zA-Z0-9.-]+)[}(]|msg\\('([a-zA-Z0-9.-]+)'|'([a-z][a-z-]*(?:\\.[a-z-]+)*\\.)' \\+");

    private static Properties read(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(MessagesTest.class.getResourceAsStream("/" + name + ".properties"), name),
                StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    /** The bundles that the pages use, from the configuration. */
    static Stream<String> bundles() throws IOException {
        return Arrays.stream(
                read("application").getProperty("spring.messages.basename").split(","));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bothLanguagesHaveTheSameKeysAndParameters(String bundle) throws IOException {
        Properties english = read(bundle);
        Properties german = read(bundle + "_de");

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
    void noKeyIsInTwoBundles() throws IOException {
        TreeSet<String> seen = new TreeSet<>();
        for (String bundle : bundles().toList()) {
            for (String key : read(bundle).stringPropertyNames()) {
                assertThat(seen.add(key)).as(bundle + ": " + key).isTrue();
            }
        }
    }

    @Test
    void everyKeyOfThePagesExists() throws IOException {
        TreeSet<String> known = new TreeSet<>();
        for (String bundle : bundles().toList()) {
            known.addAll(read(bundle).stringPropertyNames());
        }
        Path templates = Path.of(System.getProperty("allmende.root"), "app/src/main/resources/templates");
        TreeSet<String> missing = new TreeSet<>();
        int used = 0;
        try (Stream<Path> files = Files.walk(templates)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = KEY.matcher(Files.readString(file));
                while (matcher.find()) {
                    used++;
                    String key = Stream.of(matcher.group(1), matcher.group(2), matcher.group(3))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElseThrow();
                    boolean exists = key.endsWith(".")
                            ? known.stream().anyMatch(each -> each.startsWith(key))
                            : known.contains(key);
                    if (!exists) {
                        missing.add(file.getFileName() + ": " + key);
                    }
                }
            }
        }
        assertThat(used).isGreaterThan(200);
        assertThat(missing).isEmpty();
    }
}
