package allmende.synth.person;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the module's word lists: one entry per line, lines beginning with # are comments, groups parted by a blank line. */
final class WordList {

    private WordList() {}

    static List<String> read(String name) {
        return groups(name).stream().flatMap(List::stream).toList();
    }

    static List<List<String>> groups(String name) {
        List<List<String>> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        for (String line : text(name).lines().toList()) {
            if (line.isBlank() && !group.isEmpty()) {
                groups.add(List.copyOf(group));
                group.clear();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                group.add(line.strip());
            }
        }
        if (!group.isEmpty()) {
            groups.add(List.copyOf(group));
        }
        return List.copyOf(groups);
    }

    private static String text(String name) {
        try (InputStream stream = WordList.class.getResourceAsStream("/allmende/synth/people/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("The word list " + name + " is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
