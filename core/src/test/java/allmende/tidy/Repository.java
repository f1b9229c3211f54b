package allmende.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that belong to the repository: tracked ones, and new ones that git does not ignore.
 *
 * @param root the repository's root directory
 * @param files paths relative to it, with {@code /}, sorted
 */
record Repository(Path root, List<String> files) {

    private static final Set<String> BUILT = Set.of(".git", "target", "node_modules", "data");

    static Repository at(Path root) throws IOException {
        List<String> files = tracked(root).orElseGet(() -> walked(root));
        return new Repository(
                root,
                files.stream()
                        .filter(file -> Files.isRegularFile(root.resolve(file)))
                        .sorted()
                        .distinct()
                        .toList());
    }

    private static Optional<List<String>> tracked(Path root) throws IOException {
        Process git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String listed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return git.waitFor() == 0 && !listed.isEmpty()
                    ? Optional.of(List.of(listed.split("\0")))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while git listed files", e);
        }
    }

    /** Where the sources came without their history. */
    private static List<String> walked(Path root) {
        List<String> found = new ArrayList<>();
        walk(root, root, found);
        return found;
    }

    private static void walk(Path root, Path directory, List<String> found) {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                if (!Files.isDirectory(child)) {
                    found.add(root.relativize(child).toString().replace('\\', '/'));
                } else if (!BUILT.contains(child.getFileName().toString())) {
                    walk(root, child, found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<String> files(String suffix) {
        return files.stream().filter(file -> file.endsWith(suffix));
    }

    Path path(String file) {
        return root.resolve(file);
    }

    boolean exists(String file) {
        return Files.exists(root.resolve(file).normalize());
    }

    /** The content of a text file; empty where it is not UTF-8, so that no check on text speaks of it. */
    String text(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (CharacterCodingException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
