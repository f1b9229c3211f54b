package allmende.app.cli;

import allmende.app.server.WarmUp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Loads the classes of a site's start once, for the launcher, which keeps them in an archive. */
@Command(name = "warm-up", hidden = true, description = "Load the classes that a site needs, then end.")
final class WarmUpCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        WarmUp.run();
        return Commands.OK;
    }
}
