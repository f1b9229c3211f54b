package allmende.app.cli;

import allmende.app.keys.KeyVault;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The keys of a site. */
@Command(
        name = "keys",
        description = "Keys of the site, from which those of projects follow. Secrets are never shown.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {KeysCommand.ListCommand.class, KeysCommand.RotateCommand.class})
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: list or rotate.");
    }

    private static KeyVault vault(DataOptions options) {
        return KeyVault.open(options.location().data(), System.getenv());
    }

    /** Names and versions. */
    @Command(
            name = "list",
            description = "List the keys by name, with the number of their versions.",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            List<KeyVault.Listed> keys = vault(options).list();
            keys.forEach(key -> console.out().println(key.name() + "\t" + key.versions()));
            if (keys.isEmpty()) {
                console.tell("There are no keys yet; each is made when it is first needed.");
            }
            return Commands.OK;
        }
    }

    /** A new version. */
    @Command(
            name = "rotate",
            description = "Add a new version of a key. New projects use it; what exists keeps the version that it was"
                    + " made with. A running site takes it up when it starts next.",
            mixinStandardHelpOptions = true)
    static final class RotateCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(paramLabel = "NAME", description = "Name of a key, as list shows it.")
        private String name = "";

        RotateCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            KeyVault vault = vault(options);
            if (vault.list().stream().noneMatch(key -> key.name().equals(name))) {
                console.tell("There is no key of this name; list shows those that there are.");
                return Commands.WRONG;
            }
            console.out().println(name + "\t" + vault.rotate(name));
            return Commands.OK;
        }
    }
}
