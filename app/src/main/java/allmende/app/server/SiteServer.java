package allmende.app.server;

import allmende.app.feasibility.Limits;
import allmende.app.identity.Access;
import allmende.app.identity.LocalToken;
import allmende.app.identity.LocalUsers;
import allmende.app.operations.RunFile;
import allmende.app.site.Site;
import allmende.app.site.SiteLocation;
import allmende.app.site.SiteUnavailable;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A site that listens: the HTTP server and the data behind it. */
public final class SiteServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SiteServer.class);

    private final Listening listening;
    private final Site site;
    private final SiteLocation location;
    private final RunFile runFile;

    private SiteServer(Listening listening, Site site, SiteLocation location, RunFile runFile) {
        this.listening = listening;
        this.site = site;
        this.location = location;
        this.runFile = runFile;
    }

    /**
     * Starts the server and begins to open the data; returns when the server listens, which may be before the data is
     * open.
     *
     * @throws SiteUnavailable if the port is in use
     */
    public static SiteServer start(ServerOptions options) {
        Site site = new Site(options.location());
        site.start();
        LocalToken token = LocalToken.fresh();
        Listening listening = null;
        try {
            listening = Listening.start(
                    ServerConfiguration.class,
                    new Listening.Address(options.bind(), options.port(), "site"),
                    Map.of(
                            "site",
                            site,
                            "storeLocation",
                            options.location().store(),
                            "access",
                            options.access(),
                            "localToken",
                            token,
                            "localUsers",
                            new LocalUsers(options.location().users()),
                            "limits",
                            Limits.SITE));
            RunFile runFile = new RunFile(ProcessHandle.current().pid(), listening.url(), token.value());
            runFile.write(options.location());
            if (options.access() == Access.OPEN) {
                LOG.warn("OPEN: everybody on this machine can ask this site without logging in. Start without --open to"
                        + " require a login.");
            }
            return new SiteServer(listening, site, options.location(), runFile);
        } catch (RuntimeException e) {
            if (listening != null) {
                listening.close();
            }
            site.close();
            throw e;
        }
    }

    /** Where the site is reached from this machine. */
    public String url() {
        return runFile.url();
    }

    /** The data behind the server. */
    public Site site() {
        return site;
    }

    /** The secret of this run, for commands of this machine. */
    public String token() {
        return runFile.token();
    }

    @Override
    public void close() {
        runFile.remove(location);
        listening.close();
        site.close();
    }
}
