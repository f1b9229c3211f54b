package allmende.app.deident;

import allmende.core.cohort.Problem;
import allmende.core.deident.RuleSet;
import allmende.core.deident.RuleSetRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rule sets of a site by name: those that come with the program, and the files {@code NAME.json} or {@code NAME.yaml} of the folder
 * {@code deident} in the data folder. A file may not take the name of a shipped set, so that a name always means what the
 * documentation says. Files are read again when they change; no restart is needed. Thread-safe.
 */
public final class RuleShelf {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final List<String> SUFFIXES = List.of(".json", ".yaml", ".yml");

    private final Path folder;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Map<String, RuleSet> shipped = new ConcurrentHashMap<>();

    private record Kept(FileTime changed, long size, Found found) {}

    /** The outcome of looking for a rule set. */
    public sealed interface Found {
        /** It is there. */
        record Usable(RuleSet rules) implements Found {}

        /** Its file is there but has problems. */
        record Refused(List<Problem> problems) implements Found {
            public Refused {
                problems = List.copyOf(problems);
            }
        }

        /** There is none of this name. */
        record Unknown() implements Found {}
    }

    /**
     * The shelf of a site.
     *
     * @param data the data folder
     */
    public RuleShelf(Path data) {
        this.folder = data.resolve("deident");
    }

    /** Names of all rule sets, usable or not. */
    public NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>(RuleSet.shippedNames());
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(RuleFile::nameOf)
                        .filter(name -> NAME.matcher(name).matches())
                        .forEach(names::add);
            } catch (IOException unreadable) {
                return names;
            }
        }
        return names;
    }

    /** The rule set of a name. */
    public Found find(String name) {
        if (RuleSet.shippedNames().contains(name)) {
            return new Found.Usable(shipped.computeIfAbsent(name, RuleSet::shipped));
        }
        if (!NAME.matcher(name).matches()) {
            return new Found.Unknown();
        }
        List<Path> files = SUFFIXES.stream()
                .map(suffix -> folder.resolve(name + suffix))
                .filter(Files::isRegularFile)
                .toList();
        if (files.isEmpty()) {
            return new Found.Unknown();
        }
        if (files.size() > 1) {
            return refused("Several files have this name, one in JSON and one in YAML; leave one.");
        }
        return kept(files.getFirst(), name);
    }

    private Found kept(Path file, String name) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Kept known = kept.get(name);
            if (known != null && known.changed().equals(changed) && known.size() == size) {
                return known.found();
            }
            Found found = read(file, name);
            kept.put(name, new Kept(changed, size, found));
            return found;
        } catch (IOException e) {
            return refused("The file can't be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    private static Found read(Path file, String name) throws IOException {
        return switch (RuleFile.read(Files.readAllBytes(file), name)) {
            case RuleSetRead.Refused(List<Problem> problems) -> new Found.Refused(problems);
            case RuleSetRead.Compiled(RuleSet rules) ->
                rules.name().equals(name)
                        ? new Found.Usable(rules)
                        : refused("The file names itself otherwise than its file name says.");
        };
    }

    private static Found refused(String message) {
        return new Found.Refused(List.of(new Problem("", message)));
    }
}
