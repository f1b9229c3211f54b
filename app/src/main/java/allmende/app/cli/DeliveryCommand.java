package allmende.app.cli;

import allmende.engine.delivery.DeliveryCheck;
import allmende.engine.delivery.DeliveryFailed;
import allmende.engine.delivery.OwnKey;
import allmende.engine.delivery.RecipientKey;
import allmende.engine.delivery.Sealing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the recipient of a delivery needs: keys, opening, checking. */
@Command(
        name = "delivery",
        description = "For who receives data: make a key, open a sealed delivery, check that it is whole.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeliveryCommand.CheckCommand.class,
            DeliveryCommand.OpenCommand.class,
            DeliveryCommand.KeyCommand.class
        })
final class DeliveryCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: check, open or key.");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new CommandFailure("The file " + file + " can't be read.", "Check its path and its rights.");
        }
    }

    /** Checks a folder. */
    @Command(
            name = "check",
            description = "Check a delivery: checksums, missing and surplus files, and that its tables can be read.",
            mixinStandardHelpOptions = true)
    static final class CheckCommand implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "FOLDER", description = "The folder with checksums.sha256.")
        private Path folder = Path.of(".");

        CheckCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return switch (checked()) {
                case DeliveryCheck.Outcome.NoDelivery(String reason) ->
                    throw new CommandFailure(reason, "Name the folder into which the delivery was opened.");
                case DeliveryCheck.Outcome.Checked checked -> tell(checked);
            };
        }

        private DeliveryCheck.Outcome checked() {
            try {
                return DeliveryCheck.check(folder);
            } catch (DeliveryFailed failed) {
                throw new CommandFailure(String.valueOf(failed.getMessage()), "");
            }
        }

        private int tell(DeliveryCheck.Outcome.Checked checked) {
            for (Map.Entry<String, Long> file : checked.rows().entrySet()) {
                console.out().printf(Locale.ROOT, "%,12d  %s%n", file.getValue(), file.getKey());
            }
            for (DeliveryCheck.Finding finding : checked.findings()) {
                console.out().println(words(finding.fault()) + "  " + finding.path());
            }
            console.out().println("Delivery " + checked.hash());
            console.out().flush();
            if (!checked.findings().isEmpty()) {
                throw new CommandFailure(
                        Text.counted(checked.findings().size(), "file is", "files are") + " not as delivered.",
                        "Do not use the data; ask the sender to deliver again.");
            }
            console.tell("All " + checked.files() + " files are as delivered.");
            return Commands.OK;
        }

        private static String words(DeliveryCheck.Fault fault) {
            return switch (fault) {
                case MISSING -> "missing    ";
                case SURPLUS -> "surplus    ";
                case CHANGED -> "changed    ";
                case UNREADABLE -> "unreadable ";
            };
        }
    }

    /** Opens a sealed file. */
    @Command(
            name = "open",
            description =
                    "Open a sealed delivery with your private key. Nothing is left behind unless all of it is genuine.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Without this program:",
                "  openssl cms -decrypt -binary -inform DER -in FILE -inkey KEY -out delivery.tar && tar -xf delivery.tar"
            })
    static final class OpenCommand implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "FILE", description = "The sealed delivery.")
        private Path file = Path.of("delivery.cms");

        @Option(names = "--key", paramLabel = "PEM", required = true, description = "Your private key.")
        private Path key = Path.of("key.pem");

        @Option(names = "--out", paramLabel = "DIR", required = true, description = "A new folder for the content.")
        private Path out = Path.of("delivery");

        OpenCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            OwnKey own = OwnKey.read(read(key))
                    .orElseThrow(() -> new CommandFailure(
                            "The file " + key + " holds no private key that is readable without a password.",
                            "Decrypt it first: openssl pkey -in " + key + " -out plain.pem"));
            if (!Files.isReadable(file)) {
                throw new CommandFailure("The file " + file + " can't be read.", "Check its path and its rights.");
            }
            try {
                return switch (Sealing.open(file, own, out.toAbsolutePath())) {
                    case Sealing.Opened.Done(var _, int files) -> {
                        console.tell(Text.counted(files, "file is", "files are") + " in " + out + ".");
                        yield Commands.OK;
                    }
                    case Sealing.Opened.Refused(Sealing.Reason reason) ->
                        throw new CommandFailure(reason.sentence(), "");
                };
            } catch (DeliveryFailed failed) {
                throw new CommandFailure(String.valueOf(failed.getMessage()), "");
            }
        }
    }

    /** Keys of a recipient. */
    @Command(
            name = "key",
            description = "Keys of who receives data.",
            synopsisSubcommandLabel = "COMMAND",
            mixinStandardHelpOptions = true,
            subcommands = {DeliveryCommand.NewKeyCommand.class, DeliveryCommand.ShowKeyCommand.class})
    static final class KeyCommand implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: new or show.");
        }
    }

    /** Makes a pair of keys. */
    @Command(
            name = "new",
            description = "Make a pair of keys: keep NAME.pem secret, send NAME.pub.pem to the site.",
            mixinStandardHelpOptions = true)
    static final class NewKeyCommand implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "NAME", description = "How the files are called.")
        private Path name = Path.of("key");

        NewKeyCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            OwnKey.Pair pair = OwnKey.make(new SecureRandom());
            Path secret = name.resolveSibling(name.getFileName() + ".pem");
            Path open = name.resolveSibling(name.getFileName() + ".pub.pem");
            try {
                if (Files.getFileStore(secret.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                    Files.createFile(
                            secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.createFile(secret);
                }
                Files.writeString(secret, pair.secret());
                Files.writeString(open, pair.open(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException present) {
                throw new CommandFailure(
                        "There is a file " + present.getFile() + " already.",
                        "Choose another name: what was sealed for a lost key can't be opened by anybody.");
            }
            console.tell("Keep " + secret + " secret and safe. Send " + open + " to the site.");
            return Commands.OK;
        }
    }

    /** Shows a public key. */
    @Command(
            name = "show",
            description = "Show kind and fingerprint of a public key or certificate, to compare them by telephone.",
            mixinStandardHelpOptions = true)
    static final class ShowKeyCommand implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "PEM", description = "The public key or certificate.")
        private Path file = Path.of("key.pub.pem");

        ShowKeyCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            switch (RecipientKey.read(read(file))) {
                case RecipientKey.Outcome.Read(RecipientKey key) -> {
                    console.out().println(key.kind());
                    console.out().println(key.fingerprint());
                    console.out().flush();
                    return Commands.OK;
                }
                case RecipientKey.Outcome.Refused(RecipientKey.Reason reason) ->
                    throw new CommandFailure(reason.sentence(), "");
            }
        }
    }
}
