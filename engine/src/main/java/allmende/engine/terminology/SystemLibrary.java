package allmende.engine.terminology;

import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.ConceptTable;
import allmende.core.terminology.operation.ConceptTableBuilder;
import allmende.core.terminology.operation.SystemFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code systems that an operator has imported, versions side by side: one file of concepts each, in a folder of their
 * own. A code system is there whole or not at all, also for other processes. Safe for several threads.
 */
public final class SystemLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(SystemLibrary.class);
    private static final int NAME_MAX = 60;

    private final Path directory;
    private Map<Path, Opened> opened = new HashMap<>();

    /** A file as it was when it was opened. */
    private record Opened(String stamp, ConceptTable table) {}

    /** One imported code system. */
    public record Imported(SystemFacts facts, int concepts, Path file, long bytes) {}

    /** The library in this folder, which need not exist: {@code terminology/} in a site's data folder. */
    public SystemLibrary(Path directory) {
        this.directory = directory;
    }

    /** The tables that are there now, by system and version; files that came or went since the last call are noticed. */
    public synchronized List<ConceptTable> tables() {
        Map<Path, Opened> now = new HashMap<>();
        for (Path file : files()) {
            try {
                String stamp = Files.size(file) + " " + Files.getLastModifiedTime(file);
                Opened before = opened.get(file);
                now.put(
                        file,
                        before != null && before.stamp().equals(stamp)
                                ? before
                                : new Opened(stamp, TableFile.open(file)));
            } catch (IOException unusable) {
                LOG.warn("{} can't be used: remove it and import the code system again", file);
            }
        }
        opened = now;
        return now.values().stream().map(Opened::table).sorted(ORDER).toList();
    }

    private static final Comparator<ConceptTable> ORDER = Comparator.comparing(
                    (ConceptTable table) -> table.facts().url())
            .thenComparing(table -> table.facts().version(), VersionOrder.NEWEST_FIRST);

    /** What is imported. */
    public synchronized List<Imported> list() {
        tables();
        List<Imported> list = new ArrayList<>();
        opened.forEach((file, each) -> {
            ConceptTable table = each.table();
            list.add(new Imported(
                    table.facts(), table.size(), file, file.toFile().length()));
        });
        list.sort(Comparator.comparing((Imported each) -> each.facts().url())
                .thenComparing(each -> each.facts().version(), VersionOrder.NEWEST_FIRST));
        return list;
    }

    /**
     * Puts a code system there; the same version of it that was there before is replaced.
     *
     * @throws IOException if the folder can't be written
     */
    public ConceptTableBuilder.Written put(ConceptTableBuilder builder, SystemFacts facts) throws IOException {
        SystemFacts known = new SystemFacts(
                Terminology.canonical(facts.url()),
                facts.version(),
                facts.title(),
                facts.language(),
                facts.complete(),
                facts.hierarchy(),
                facts.valueSet(),
                facts.copyright());
        return TableFile.write(builder, known, directory.resolve(name(known)));
    }

    /** Removes code systems that are named so: {@code url}, {@code url|version}; true where any was there. */
    public synchronized boolean remove(String canonical) {
        boolean removed = false;
        for (Imported each : list()) {
            if (each.facts().canonical().equals(canonical) || each.facts().url().equals(canonical)) {
                try {
                    removed |= Files.deleteIfExists(each.file());
                } catch (IOException problem) {
                    throw new UncheckedIOException("the code system can't be removed", problem);
                }
            }
        }
        return removed;
    }

    private List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(TableFile.ENDING))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the folder of code systems can't be read", unreadable);
        }
    }

    /** A name that a person recognises and that is another for every other system or version. */
    private static String name(SystemFacts facts) {
        String canonical = facts.canonical();
        CRC32 checksum = new CRC32();
        checksum.update(canonical.getBytes(StandardCharsets.UTF_8));
        String readable = canonical
                .replaceFirst("^https?://", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        return readable.substring(0, Math.min(NAME_MAX, readable.length())) + "-"
                + Long.toHexString(checksum.getValue()) + TableFile.ENDING;
    }
}
