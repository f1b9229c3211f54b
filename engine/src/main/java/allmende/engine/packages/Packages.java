package allmende.engine.packages;

import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The FHIR packages of a site, unpacked in a folder of their own, versions side by side. An installation is seen whole or
 * not at all, also by other processes; {@link #watch} makes this object notice what others install or remove. Safe for
 * several threads.
 */
public final class Packages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Packages.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final Bounds bounds;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Shelf shelf = Shelf.EMPTY;
    private volatile List<String> seen = List.of();
    private @Nullable Thread watcher;

    private Packages(Path directory, Bounds bounds) {
        this.directory = directory;
        this.bounds = bounds;
    }

    /** A listener's registration; closing it ends it. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** The packages in this folder, which need not exist: {@code packages/} in a site's data folder. */
    public static Packages open(Path directory) {
        return open(directory, Bounds.STANDARD);
    }

    static Packages open(Path directory, Bounds bounds) {
        Packages packages = new Packages(directory, bounds);
        packages.refresh();
        return packages;
    }

    /**
     * Installs a package from a {@code .tgz} file, or a folder with the files of one. One without a {@code package.json}
     * is named after its file, and its version is the one that most of its definitions state.
     *
     * @throws UncheckedIOException if the disk can't be written
     */
    public Installation install(Path source) {
        Path aside = null;
        try {
            aside = Folders.aside(directory);
            Unpacking unpacking = new Unpacking(aside);
            readInto(source, unpacking);
            InstalledPackage draft = unpacking.finish(
                    source.toAbsolutePath().normalize().getFileName().toString());
            PackageIndex.write(draft, aside);
            Path place = directory.resolve(draft.id().toString());
            if (Files.exists(place) || !move(aside, place)) {
                return new Installation.Present(draft.id());
            }
            refresh();
            return new Installation.Installed(PackageIndex.read(place), unpacking.skipped());
        } catch (PackageRefused refused) {
            return refused.refusal();
        } catch (IOException problem) {
            throw new UncheckedIOException("the package can't be written to " + directory, problem);
        } finally {
            deleteQuietly(aside);
        }
    }

    private void readInto(Path source, Unpacking unpacking) throws IOException, PackageRefused {
        if (!Files.isReadable(source)) {
            throw new PackageRefused("There is no readable file or folder.");
        }
        try {
            new PackageFiles(bounds, unpacking).read(source);
        } catch (java.util.zip.ZipException | java.io.EOFException | IllegalArgumentException damaged) {
            throw new PackageRefused("It is damaged or not a .tgz archive.");
        } catch (IOException problem) {
            if (Files.isWritable(directory)) {
                throw new PackageRefused("It is damaged or not a .tgz archive.");
            }
            throw problem;
        }
    }

    /** False where another process was quicker. */
    private static boolean move(Path aside, Path place) throws IOException {
        try {
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException present) {
            return false;
        } catch (AtomicMoveNotSupportedException unsupported) {
            throw new IOException("the folder of packages lies on a file system without atomic renaming", unsupported);
        }
    }

    private static void deleteQuietly(@Nullable Path folder) {
        try {
            if (folder != null) {
                Trees.delete(folder);
            }
        } catch (IOException problem) {
            LOG.warn("The folder {} can't be removed", folder);
        }
    }

    /** Removes a package with the snapshots kept beside it; false where it is not installed. */
    public boolean remove(PackageId id) {
        Path place = directory.resolve(id.toString());
        if (!Files.exists(place)) {
            return false;
        }
        try {
            // without its index it is no package any more: others see it gone at once
            Files.deleteIfExists(place.resolve(PackageIndex.FILE));
            Trees.delete(place);
        } catch (IOException problem) {
            throw new UncheckedIOException("the package can't be removed", problem);
        }
        refresh();
        return true;
    }

    /** What is installed, by name and version. */
    public List<InstalledPackage> list() {
        return shelf.packages();
    }

    /** What installed packages build on and is not installed, except for what comes with the program. */
    public List<MissingDependency> missing() {
        return shelf.missing();
    }

    /**
     * All definitions of a type in all their versions, sorted by address; of one address, the newest comes first. Each
     * address and version comes once, also where several packages hold it. Read from disk at each call.
     */
    public List<JsonNode> definitions(String resourceType) {
        List<JsonNode> trees = new ArrayList<>();
        for (Definition definition : index(resourceType)) {
            read(definition).ifPresent(trees::add);
        }
        return trees;
    }

    /** What {@link #definitions} would read, without reading it. */
    public List<Definition> index(String resourceType) {
        return shelf.ofType(resourceType);
    }

    /**
     * A definition by its canonical address: of the version after {@code |}, else of the newest version that begins with it
     * ({@code |2026} finds 2026.0.1); without a version the newest.
     */
    public Optional<Definition> locate(String canonical) {
        return shelf.find(canonical);
    }

    /** Like {@link #locate}, and reads it. */
    public Optional<JsonNode> find(String canonical) {
        return locate(canonical).flatMap(Packages::read);
    }

    /** Reads a definition; empty where its package was removed meanwhile. */
    public static Optional<JsonNode> read(Definition definition) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(definition.file())));
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        } catch (IOException | JacksonException damaged) {
            LOG.warn("The definition {} of {} can't be read", definition.id(), definition.from());
            return Optional.empty();
        }
    }

    /** Calls the listener after packages have come or gone, on the thread that noticed; it must be quick. */
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Looks at the folder again; true where something has changed. */
    public boolean refresh() {
        synchronized (this) {
            List<Path> folders = Folders.installed(directory);
            List<String> now = folders.stream().map(Packages::stamp).toList();
            if (now.equals(seen)) {
                return false;
            }
            List<InstalledPackage> packages = new ArrayList<>();
            for (Path folder : folders) {
                try {
                    packages.add(PackageIndex.read(folder));
                } catch (IOException damaged) {
                    LOG.warn("The package in {} is damaged: remove its folder and install it again", folder);
                }
            }
            shelf = new Shelf(packages);
            seen = now;
        }
        listeners.forEach(Runnable::run);
        return true;
    }

    private static String stamp(Path folder) {
        try {
            return folder.getFileName() + " " + Files.getLastModifiedTime(folder.resolve(PackageIndex.FILE));
        } catch (IOException gone) {
            return folder.getFileName() + " gone";
        }
    }

    /** From now on looks at the folder in this interval, on a thread of its own, until closed. */
    public synchronized void watch(Duration interval) {
        if (watcher == null) {
            watcher = Thread.ofPlatform().name("packages-watcher").daemon().start(() -> watching(interval));
        }
    }

    private void watching(Duration interval) {
        try {
            while (true) {
                Thread.sleep(interval);
                try {
                    refresh();
                } catch (RuntimeException problem) {
                    LOG.warn(
                            "The folder of packages can't be read: {}",
                            problem.getClass().getSimpleName());
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.interrupt();
        }
    }
}
