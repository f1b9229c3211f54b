package allmende.app.bulk;

import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job's folder: what it is to do, the files that are finished, how it ended. A file gets its name when it is complete,
 * and the name tells how many resources or rows are in it; so the folder alone tells where to go on.
 */
final class JobFolder {

    private static final Pattern FILE = Pattern.compile("([A-Za-z0-9_\\-]+)\\.([0-9]{5})\\.([0-9]+)\\.([a-z]+)");
    private static final String JOB = "job.json";
    private static final String DONE = "done";
    private static final String FAILED = "failed";

    private final Path folder;

    JobFolder(Path folder) {
        this.folder = folder;
    }

    /** A file that is finished. */
    record Output(String name, int part, long count, Path path) {}

    /** Begins a job. */
    void begin(Job job) {
        try {
            Files.createDirectories(folder);
            write(JOB, job.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the folder is about; empty where that was not written to the end. */
    Optional<Job> job() {
        try {
            return Optional.of(Job.of(Files.readAllBytes(folder.resolve(JOB))));
        } catch (IOException | RuntimeException notBegun) {
            return Optional.empty();
        }
    }

    /** The finished files in the order of the parts. */
    List<Output> outputs() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Output> outputs = new ArrayList<>();
            files.forEach(path -> {
                Matcher name = FILE.matcher(path.getFileName().toString());
                if (name.matches()) {
                    outputs.add(new Output(
                            name.group(1), Integer.parseInt(name.group(2)), Long.parseLong(name.group(3)), path));
                }
            });
            outputs.sort(Comparator.comparingInt(Output::part));
            return outputs;
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** Where a part is written until it is finished. */
    Path part(int index) {
        return folder.resolve("part-" + index);
    }

    /** Gives a part its name. */
    void finish(int index, Job.Part part, long count) throws IOException {
        String safe = part.name().replaceAll("[^A-Za-z0-9_\\-]", "_");
        String name = "%s.%05d.%d.%s".formatted(safe, index, count, Job.ending(part));
        Files.move(part(index), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends the job. */
    void end(@Nullable String failure) {
        try {
            write(failure == null ? DONE : FAILED, (failure == null ? "" : failure).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When it ended; null where it did not. */
    @Nullable
    Instant ended() {
        for (String name : List.of(DONE, FAILED)) {
            Path mark = folder.resolve(name);
            if (Files.exists(mark)) {
                return time(mark);
            }
        }
        return null;
    }

    private static @Nullable Instant time(Path mark) {
        try {
            return Files.getLastModifiedTime(mark).toInstant();
        } catch (IOException gone) {
            return null;
        }
    }

    /** Why it failed; null where it did not. */
    @Nullable
    String failure() {
        try {
            return Files.readString(folder.resolve(FAILED));
        } catch (IOException notFailed) {
            return null;
        }
    }

    /** A finished file by its name; empty where there is none. */
    Optional<Path> file(String name) {
        Path path = folder.resolve(name);
        return FILE.matcher(name).matches() && Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    }

    /** Removes everything. */
    void remove() {
        try {
            Trees.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path part = folder.resolve(name + ".part");
        Files.write(part, bytes);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
