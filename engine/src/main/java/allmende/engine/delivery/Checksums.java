package allmende.engine.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of checksums, in the form that {@code sha256sum -c} reads. */
final class Checksums {

    static final String FILE = "checksums.sha256";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");

    private Checksums() {}

    static String text(List<DeliveredFile> files) {
        StringBuilder text = new StringBuilder();
        files.forEach(file ->
                text.append(file.sha256()).append("  ").append(file.path()).append('\n'));
        return text.toString();
    }

    /**
     * The checksum of each file.
     *
     * @throws IOException if there is no list, or it is none
     */
    static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve(FILE), StandardCharsets.UTF_8)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IOException("the list of checksums is damaged");
            }
            sums.put(matcher.group(2), matcher.group(1));
        }
        return sums;
    }
}
