package allmende.app.cli;

import allmende.app.identity.LocalUsers;
import allmende.app.server.PortalOptions;
import allmende.app.server.PortalServer;
import allmende.app.site.Settings;
import allmende.app.site.SiteLocation;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves a portal until it is stopped. */
@Command(
        name = "portal",
        description =
                "Serve a research data portal over HTTP: the pages for researchers, and the door by which sites join."
                        + " Stop it with Ctrl-C.",
        mixinStandardHelpOptions = true)
final class PortalCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions options = new DataOptions();

    @Mixin
    private ListenOptions listen = new ListenOptions();

    PortalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        SiteLocation location = options.location();
        Settings settings = Settings.read(location.data());
        if (new LocalUsers(location.users()).names().isEmpty()) {
            console.tell(
                    "There is no administrator yet. Add one with: allmende user add NAME --data " + location.data());
        }
        if (System.getProperty("allmende.log") == null) {
            System.setProperty("allmende.log", "INFO");
        }
        CountDownLatch end = new CountDownLatch(1);
        PortalServer portal = PortalServer.start(new PortalOptions(
                location, listen.door(settings), settings.get(Settings.Key.NAME, "Allmende"), settings));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            portal.close();
            end.countDown();
        }));
        console.tell("Ready: " + portal.url() + "  (Ctrl-C stops it)");
        console.tell("Sites compare this fingerprint before they join: " + portal.fingerprint());
        end.await();
        return Commands.OK;
    }
}
