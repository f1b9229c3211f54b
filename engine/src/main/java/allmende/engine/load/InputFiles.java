package allmende.engine.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the files to load: those named, and in folders, recursively and by name, those that are JSON by theirs. */
final class InputFiles {

    private static final List<String> ENDINGS = List.of(".json", ".ndjson", ".jsonl");

    private final List<Input> inputs = new ArrayList<>();
    private final List<LoadReport.Ignored> ignored = new ArrayList<>();
    private final Set<Path> folders = new HashSet<>();

    private InputFiles() {}

    static InputFiles find(List<Path> paths) {
        InputFiles files = new InputFiles();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addFolder(path, path);
            } else if (Files.exists(path)) {
                files.addFile(path, path.toString());
            } else {
                files.ignored.add(new LoadReport.Ignored(path, "there is no such file"));
            }
        }
        return files;
    }

    List<Input> inputs() {
        return List.copyOf(inputs);
    }

    List<LoadReport.Ignored> ignored() {
        return List.copyOf(ignored);
    }

    long bytes() {
        return inputs.stream().mapToLong(Input::size).sum();
    }

    private void addFolder(Path folder, Path root) {
        List<Path> children = new ArrayList<>();
        try {
            if (!folders.add(folder.toRealPath())) {
                ignored.add(new LoadReport.Ignored(folder, "the folder was read already"));
                return;
            }
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(children::add);
            }
        } catch (IOException problem) {
            ignored.add(new LoadReport.Ignored(folder, "the folder cannot be read"));
            return;
        }
        children.sort(null);
        for (Path child : children) {
            if (Files.isDirectory(child)) {
                addFolder(child, root);
            } else if (isJson(child)) {
                addFile(child, root.relativize(child).toString());
            } else {
                ignored.add(new LoadReport.Ignored(child, "neither .json, .ndjson nor .jsonl, plain or .gz"));
            }
        }
    }

    private void addFile(Path file, String source) {
        try {
            inputs.add(Input.file(file, source, Files.size(file)));
        } catch (IOException problem) {
            ignored.add(new LoadReport.Ignored(file, "the file cannot be read"));
        }
    }

    private static boolean isJson(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
        return ENDINGS.stream().anyMatch(plain::endsWith);
    }
}
