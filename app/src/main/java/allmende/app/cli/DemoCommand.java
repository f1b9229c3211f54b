package allmende.app.cli;

import allmende.app.identity.Access;
import allmende.app.operations.RunningSite;
import allmende.app.server.ServerOptions;
import allmende.app.site.DataFolder;
import allmende.app.site.SiteLocation;
import allmende.synth.Format;
import allmende.synth.SyntheticHospital;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything at once: a hospital, its data, a site over it. */
@Command(
        name = "demo",
        description = "Generate a synthetic hospital, load it, and serve a page on which to ask it questions. What is"
                + " loaded stays: the second start takes seconds.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final long SEED = 1;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "5000",
            description = "How many patients (default: ${DEFAULT-VALUE}).")
    private long patients;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder (default: data/demo below the current folder).")
    private Path data = Path.of("data", "demo");

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Port (default: ${DEFAULT-VALUE}).")
    private int port;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (patients < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--patients must be at least 1.");
        }
        SiteLocation location = SiteLocation.embedded(data);
        DataFolder.prepare(data);
        Optional<RunningSite> running = RunningSite.find(location);
        if (running.isPresent()) {
            console.tell("The demo runs already: " + running.get().url());
            return Commands.OK;
        }
        fill(location);
        return Serving.run(new ServerOptions(location, ServerOptions.LOOPBACK, port, Access.OPEN), console);
    }

    private void fill(SiteLocation location) throws InterruptedException {
        Path mark = data.resolve("demo.txt");
        String wanted = "patients=" + patients + " seed=" + SEED;
        String loaded = read(mark);
        if (wanted.equals(loaded)) {
            return;
        }
        if (loaded != null) {
            console.tell("This folder holds another demo (" + loaded + "); it is shown as it is."
                    + " Name a new one with --data for " + wanted + ".");
            return;
        }
        Path files = data.resolve("generated");
        delete(files);
        GenerateCommand.generate(new SyntheticHospital(patients, SEED), files, Format.BUNDLES, console);
        LoadCommand.load(location, List.of(files), console);
        delete(files);
        try {
            Files.writeString(mark, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String read(Path mark) {
        try {
            return Files.exists(mark)
                    ? Files.readString(mark, StandardCharsets.UTF_8).strip()
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
