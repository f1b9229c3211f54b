package allmende.app.cli;

import allmende.app.identity.LocalUsers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The people who may log in. */
@Command(
        name = "user",
        description = "The people who may log in to the site.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {UserCommand.AddCommand.class, UserCommand.ListCommand.class, UserCommand.RemoveCommand.class})
final class UserCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: add, list or remove.");
    }

    /** Adds somebody. */
    @Command(
            name = "add",
            description = "Let somebody in. Prints a generated password once.",
            mixinStandardHelpOptions = true)
    static final class AddCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Option(names = "--password-stdin", description = "Read the password from standard input instead.")
        private boolean passwordFromInput;

        @Parameters(paramLabel = "NAME", description = "Name to log in with.")
        private String name = "";

        AddCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            String password = passwordFromInput ? readPassword() : LocalUsers.generatePassword();
            LocalUsers users = new LocalUsers(options.location().users());
            switch (users.add(name, password)) {
                case LocalUsers.Added.Done done -> console.tell("Added " + name + ".");
                case LocalUsers.Added.Refused(String reason, String advice) -> throw new CommandFailure(reason, advice);
            }
            if (!passwordFromInput) {
                console.tell("The password is shown only now:");
                console.out().println(password);
                console.out().flush();
            }
            return Commands.OK;
        }

        private String readPassword() throws IOException {
            BufferedReader reader = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
            String line = reader.readLine();
            if (line == null) {
                throw new CommandFailure("No password came from standard input.", "Pipe it in, on one line.");
            }
            return line;
        }
    }

    /** Lists names. */
    @Command(name = "list", description = "List who may log in.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            new LocalUsers(options.location().users()).names().forEach(console.out()::println);
            console.out().flush();
            return Commands.OK;
        }
    }

    /** Removes somebody. */
    @Command(name = "remove", description = "Let somebody in no longer.", mixinStandardHelpOptions = true)
    static final class RemoveCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(paramLabel = "NAME", description = "Name of the user.")
        private String name = "";

        RemoveCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (!new LocalUsers(options.location().users()).remove(name)) {
                throw new CommandFailure("There is no user " + name + ".", "See them with: allmende user list");
            }
            console.tell("Removed " + name + ". A session that is open ends within 8 hours or with the site.");
            return Commands.OK;
        }
    }
}
