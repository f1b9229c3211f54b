package allmende.app.cli;

import allmende.app.identity.Access;
import allmende.app.identity.LocalUsers;
import allmende.app.server.Door;
import allmende.app.server.Federated;
import allmende.app.server.ServerOptions;
import allmende.app.site.Settings;
import allmende.app.site.SiteLocation;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a site until it is stopped. */
@Command(
        name = "site",
        description =
                "Serve the site over HTTP: the page, the API, and the endpoints that feasibility middleware knows."
                        + " Stop it with Ctrl-C.",
        mixinStandardHelpOptions = true)
final class SiteCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOptions options = new DataOptions();

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Option(
            names = "--open",
            description = "Require no login. Only this computer can reach the site then; for demonstrations.")
    private boolean open;

    SiteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        SiteLocation location = options.location();
        Settings settings = Settings.read(location.data());
        Door door = listen.door(settings);
        if (open && !door.bind().equals(Door.LOOPBACK)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--open listens on this computer alone and can't be used with another address.");
        }
        if (!open && new LocalUsers(location.users()).names().isEmpty()) {
            console.tell("Nobody can log in yet. Add somebody with: allmende user add NAME --data " + location.data());
        }
        ServerOptions server = new ServerOptions(location, door, open ? Access.OPEN : Access.LOGIN)
                .federated(Federated.of(location, settings));
        return Serving.run(server, console);
    }
}
