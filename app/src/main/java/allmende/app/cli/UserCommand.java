package allmende.app.cli;

import allmende.app.identity.LocalUsers;
import allmende.app.identity.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

        @Option(
                names = "--role",
                split = ",",
                paramLabel = "ROLE",
                description =
                        "What the person may do at the site; several with commas: site-engineer (also where none is"
                                + " named), data-steward, transfer-office, uac-member, trust-centre, physician, pharmacist, patient,"
                                + " auditor.")
        private List<String> roles = List.of(Role.SITE_ENGINEER.written());

        @Option(
                names = "--patient",
                paramLabel = "ID",
                description = "With the role patient: id of the Patient resource that the person is.")
        private @Nullable String patient;

        @Parameters(paramLabel = "NAME", description = "Name to log in with.")
        private String name = "";

        AddCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            String password = passwordFromInput ? readPassword() : LocalUsers.generatePassword();
            LocalUsers users = new LocalUsers(options.location().users());
            switch (users.add(name, password, readRoles(), patient)) {
                case LocalUsers.Added.Done done ->
                    console.tell("Added " + name + " (" + String.join(", ", roles) + ").");
                case LocalUsers.Added.Refused(String reason, String advice) -> throw new CommandFailure(reason, advice);
            }
            if (!passwordFromInput) {
                console.tell("The password is shown only now:");
                console.out().println(password);
                console.out().flush();
            }
            return Commands.OK;
        }

        private Set<Role> readRoles() {
            Set<Role> read = EnumSet.noneOf(Role.class);
            for (String role : roles) {
                read.add(Role.ofWritten(role.strip())
                        .orElseThrow(() -> new CommandFailure(
                                "\"" + role + "\" is no role.", "See them with: allmende user add --help")));
            }
            return read;
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
            new LocalUsers(options.location().users()).roles().forEach((name, roles) -> console.out()
                    .println(name + "\t"
                            + roles.stream().sorted().map(Role::written).collect(Collectors.joining(","))));
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
