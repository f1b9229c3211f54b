package allmende.app.cli;

import allmende.app.identity.Access;
import allmende.app.operations.RunningSite;
import allmende.app.server.ServerOptions;
import allmende.app.server.SiteServer;
import allmende.app.site.DataFolder;
import allmende.app.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** Serves a site until the process is told to end. */
final class Serving {

    private static final Duration POLL = Duration.ofMillis(20);

    private Serving() {}

    static int run(ServerOptions options, Console console) throws InterruptedException {
        DataFolder.prepare(options.location().data());
        RunningSite.find(options.location()).ifPresent(site -> {
            throw new CommandFailure(
                    "A site runs already over " + options.location().data() + ", at " + site.url() + ".",
                    "Use that one, or stop it first.");
        });
        if (System.getProperty("allmende.log") == null) {
            System.setProperty("allmende.log", "INFO");
        }
        CountDownLatch end = new CountDownLatch(1);
        SiteServer server = SiteServer.start(options);
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            server.close();
            end.countDown();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        announce(server, options, console);
        end.await();
        return Commands.OK;
    }

    private static void announce(SiteServer server, ServerOptions options, Console console)
            throws InterruptedException {
        if (options.access() == Access.OPEN) {
            console.tell("OPEN: no login is required. Everybody on this computer can ask; nobody else can reach it.");
        }
        boolean told = false;
        while (true) {
            switch (server.site().state()) {
                case Site.State.Ready ready -> {
                    Duration start = Duration.between(
                            ProcessHandle.current().info().startInstant().orElse(Instant.now()), Instant.now());
                    console.tell("Ready after " + Text.duration(start) + ": " + server.url() + "  (Ctrl-C stops it)");
                    return;
                }
                case Site.State.Failed(String reason, String advice) -> {
                    server.close();
                    throw new CommandFailure(reason, advice);
                }
                case Site.State.CatchingUp catchingUp -> {
                    if (!told) {
                        console.tell("Listening on " + server.url() + "; the index catches up with the store …");
                        told = true;
                    }
                }
                case Site.State.Opening opening -> {}
            }
            Thread.sleep(POLL);
        }
    }
}
