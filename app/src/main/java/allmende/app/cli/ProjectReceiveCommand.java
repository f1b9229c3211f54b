package allmende.app.cli;

import allmende.app.projects.Receiving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Unpacks a delivery that the transport software has brought. */
@Command(
        name = "receive",
        description =
                "Unpack a delivery that came as a Bundle with DocumentReference and Binary. Needs no running site.",
        mixinStandardHelpOptions = true)
final class ProjectReceiveCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "BUNDLE", description = "The Bundle, JSON.")
    private Path bundle = Path.of("");

    @Option(names = "--key", paramLabel = "PEM", required = true, description = "Private key of the recipient.")
    private Path key = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder in which a folder of the project's name is made.")
    private Path out = Path.of("");

    ProjectReceiveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            return switch (Receiving.bundle(Files.readAllBytes(bundle), Files.readString(key), out)) {
                case Receiving.Received.Unpacked(String project, Path folder, int files) -> {
                    console.tell("Project " + project + ": " + Text.counted(files, "file is", "files are") + " in "
                            + folder + ".");
                    yield Commands.OK;
                }
                case Receiving.Received.Refused(String reason) -> throw new CommandFailure(reason, "");
            };
        } catch (IOException e) {
            throw new CommandFailure(
                    "A file can't be read or written.", "Check the paths, and that the disk has room.");
        }
    }
}
