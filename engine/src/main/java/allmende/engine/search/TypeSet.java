package allmende.engine.search;

import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The indexes of all types in a folder: each in a folder of its own with a number that grows when it is built anew, such as
 * {@code Observation-1}. The file {@code reached} tells up to which transaction all of them are complete.
 */
final class TypeSet {

    private static final String REACHED = "reached";

    private final Path folder;
    private final Map<String, TypeIndex> types = new TreeMap<>();
    private final Map<String, String> fingerprints = new HashMap<>();
    private long reached;

    private TypeSet(Path folder) {
        this.folder = folder;
    }

    /** Opens what is there; what was made by other definitions is dropped, and everything built anew. */
    static TypeSet open(Path folder, SearchModels models) throws IOException {
        TypeSet set = new TypeSet(folder);
        boolean intact = true;
        Set<String> seen = new HashSet<>();
        for (Path part : set.parts()) {
            String type = type(part);
            if (!seen.add(type) || !models.types().contains(type)) {
                Trees.delete(part);
                continue;
            }
            TypeIndex index = set.opened(part, type, models);
            intact &= index.isAsWritten();
        }
        set.reached = set.readReached();
        if (!intact || set.types.isEmpty()) {
            set.clear();
        }
        return set;
    }

    private TypeIndex opened(Path part, String type, SearchModels models) throws IOException {
        String fingerprint = Fingerprints.of(models.of(type));
        TypeIndex index = new TypeIndex(part, models.of(type), fingerprint);
        types.put(type, index);
        fingerprints.put(type, fingerprint);
        return index;
    }

    private void clear() throws IOException {
        for (TypeIndex index : types.values()) {
            index.close();
            Trees.delete(index.folder());
        }
        types.clear();
        fingerprints.clear();
        reached = 0;
    }

    /** Folders of types, the newest first. */
    private List<Path> parts() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(TypeSet::generation).reversed())
                    .toList();
        }
    }

    private static String type(Path part) {
        String name = part.getFileName().toString();
        return name.substring(0, Math.max(0, name.lastIndexOf('-')));
    }

    private static int generation(Path part) {
        String name = part.getFileName().toString();
        try {
            return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
        } catch (NumberFormatException notOurs) {
            return -1;
        }
    }

    private long readReached() throws IOException {
        Path file = folder.resolve(REACHED);
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        } catch (NumberFormatException damaged) {
            return 0;
        }
    }

    /** Up to which transaction all types are complete. */
    long reached() {
        return reached;
    }

    /** All types; changes as they come. */
    Map<String, TypeIndex> all() {
        return types;
    }

    /** The index of a type, made if there is none. */
    TypeIndex writable(String type, SearchModels models) {
        TypeIndex known = types.get(type);
        if (known != null) {
            return known;
        }
        try {
            return opened(folder.resolve(type + "-1"), type, models);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a type is indexed as these definitions want it. */
    boolean isAsDefined(String type, SearchModels models) {
        return Fingerprints.of(models.of(type)).equals(fingerprints.get(type));
    }

    /** An empty index for a type that is built anew; not one of the set yet. */
    TypeIndex fresh(String type, SearchModels models) throws IOException {
        TypeIndex present = types.get(type);
        int generation = present == null ? 1 : generation(present.folder()) + 1;
        Path part = folder.resolve(type + "-" + generation);
        Trees.delete(part);
        return new TypeIndex(part, models.of(type), Fingerprints.of(models.of(type)));
    }

    /** Puts an index in the place of the present one, which is closed and deleted. */
    void replace(String type, TypeIndex fresh, long t) throws IOException {
        fresh.purge();
        fresh.commit(t);
        TypeIndex before = types.put(type, fresh);
        fingerprints.put(type, Fingerprints.of(fresh.model()));
        if (before != null) {
            before.close();
            Trees.delete(before.folder());
        }
    }

    /** Makes durable what was written up to {@code t}. */
    void commit(long t) throws IOException {
        for (TypeIndex index : types.values()) {
            index.commit(t);
        }
        Path beside = folder.resolve(REACHED + ".new");
        Files.write(beside, Long.toString(t).getBytes(StandardCharsets.UTF_8));
        Files.move(
                beside, folder.resolve(REACHED), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        reached = t;
    }

    /** Makes everything durable and closes. */
    void close(long t) throws IOException {
        commit(t);
        for (TypeIndex index : types.values()) {
            index.close();
        }
    }
}
