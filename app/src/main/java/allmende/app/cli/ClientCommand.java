package allmende.app.cli;

import allmende.app.identity.Client;
import allmende.app.identity.Clients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The machines that may get tokens. */
@Command(
        name = "client",
        description = "The programs that may call the site over FHIR (SMART Backend Services).",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            ClientCommand.AddCommand.class,
            ClientCommand.ListCommand.class,
            ClientCommand.RemoveCommand.class
        })
final class ClientCommand implements Runnable {

    private static final String MEND = "Mend the file, or restore it.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: add, list or remove.");
    }

    /** Registers a program. */
    @Command(
            name = "add",
            description = "Register a program by its public key; a running site knows it at once.",
            mixinStandardHelpOptions = true)
    static final class AddCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @ArgGroup(multiplicity = "1")
        private Keys keys = new Keys();

        @Option(
                names = "--scope",
                required = true,
                paramLabel = "SCOPES",
                description = "The most that it may get, such as \"system/*.rs\" or \"system/Observation.cruds\".")
        private String scopes = "";

        @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
        private String name = "";

        @Parameters(paramLabel = "ID", description = "Its id.")
        private String id = "";

        AddCommand(Console console) {
            this.console = console;
        }

        /** Where its public keys are. */
        static final class Keys {

            @Option(
                    names = "--key",
                    paramLabel = "FILE",
                    description = "Public key: PEM as openssl writes it, JSON Web Key, or a set of them.")
            private @Nullable Path key;

            @Option(
                    names = "--key-url",
                    paramLabel = "URL",
                    description = "Address where the program publishes its set of public keys; https, or this machine.")
            private @Nullable URI url;
        }

        @Override
        public Integer call() throws IOException {
            try {
                switch (added(new Clients(options.location().clients()))) {
                    case Clients.Added.Done(Client client) -> {
                        console.tell("Registered " + client + "."
                                + (client.keysAt() == null
                                        ? " Key ids (kid):"
                                        : " Its keys are fetched when they are needed."));
                        client.keyIds().forEach(console.out()::println);
                        console.out().flush();
                    }
                    case Clients.Added.Refused(String reason, String advice) ->
                        throw new CommandFailure(reason, advice);
                }
                return Commands.OK;
            } catch (Clients.Damaged e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), MEND);
            }
        }

        private Clients.Added added(Clients clients) throws IOException, Clients.Damaged {
            Path key = keys.key;
            if (key == null) {
                return clients.add(id, name, Objects.requireNonNull(keys.url), scopes);
            }
            if (!Files.isReadable(key)) {
                throw new CommandFailure("The file " + key + " can't be read.", "Check the path.");
            }
            return clients.add(id, name, Files.readAllBytes(key), scopes);
        }
    }

    /** Lists programs. */
    @Command(name = "list", description = "List the registered programs.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            try {
                for (Client client : new Clients(options.location().clients()).all()) {
                    console.out().println(client.id() + "\t" + Client.written(client.scopes()) + "\t" + client.name());
                }
                console.out().flush();
                return Commands.OK;
            } catch (Clients.Damaged e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), MEND);
            }
        }
    }

    /** Takes a program out. */
    @Command(
            name = "remove",
            description = "Let a program in no longer; its tokens end at once.",
            mixinStandardHelpOptions = true)
    static final class RemoveCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(paramLabel = "ID", description = "Its id.")
        private String id = "";

        RemoveCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            try {
                if (!new Clients(options.location().clients()).remove(id)) {
                    throw new CommandFailure("There is no client " + id + ".", "See them with: allmende client list");
                }
                console.tell("Removed " + id + ".");
                return Commands.OK;
            } catch (Clients.Damaged e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), MEND);
            }
        }
    }
}
