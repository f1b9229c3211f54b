package allmende.app.server;

import allmende.app.audit.MemoryAccessLog;
import allmende.app.feasibility.Limits;
import allmende.app.federation.FederationOptions;
import allmende.app.identity.Access;
import allmende.app.identity.LocalToken;
import allmende.app.identity.LocalUsers;
import allmende.app.identity.Party;
import allmende.app.operations.RunFile;
import allmende.app.site.Settings;
import allmende.app.site.Site;
import allmende.app.site.SiteLocation;
import allmende.app.site.SiteUnavailable;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A site that listens: the HTTP server and the data behind it. */
public final class SiteServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SiteServer.class);

    /** Schemas of the doors of a site that takes part in a federation. */
    private static final List<String> FEDERATED_SCHEMAS = List.of("federation", "release");

    private final Listening listening;
    private final Site site;
    private final SiteLocation location;
    private final OpenTables tables;
    private final RunFile runFile;

    private SiteServer(Listening listening, Site site, ServerOptions options, OpenTables tables, RunFile runFile) {
        this.listening = listening;
        this.site = site;
        this.location = options.location();
        this.tables = tables;
        this.runFile = runFile;
    }

    /**
     * Starts the server and begins to open the data; returns when the server listens, which may be before the data is
     * open.
     *
     * @throws SiteUnavailable if the port is in use, or the settings can't be followed
     */
    public static SiteServer start(ServerOptions options) {
        if (options.federated() != null) {
            options.federated().check();
        }
        Site site = new Site(options.location(), options.rules());
        site.start();
        LocalToken token = LocalToken.fresh();
        OpenTables tables = null;
        Listening listening = null;
        try {
            tables = OpenTables.of(options.location(), options.federated() == null ? List.of() : FEDERATED_SCHEMAS);
            listening = listen(options, site, token, tables);
            RunFile runFile = new RunFile(ProcessHandle.current().pid(), listening.url(), token.value());
            runFile.write(options.location());
            if (options.access() == Access.OPEN) {
                LOG.warn("OPEN: everybody on this machine can ask this site without logging in. Start without --open to"
                        + " require a login.");
            }
            return new SiteServer(listening, site, options, tables, runFile);
        } catch (RuntimeException e) {
            if (listening != null) {
                listening.close();
            }
            if (tables != null) {
                tables.close();
            }
            site.close();
            throw e;
        }
    }

    private static Listening listen(ServerOptions options, Site site, LocalToken token, OpenTables tables) {
        Map<String, Object> made = tables.beans();
        made.put("site", site);
        made.put("storeLocation", options.location().store());
        made.put("access", options.access());
        made.put("localToken", token);
        made.put("accessLog", new MemoryAccessLog());
        made.put("localUsers", new LocalUsers(options.location().users()));
        made.put("limits", Limits.SITE);
        Federated part = options.federated();
        Settings settings = Settings.read(options.location().data());
        String name = part == null ? settings.get(Settings.Key.NAME, "") : part.name();
        made.put("party", new Party(Party.Kind.SITE, name, settings.get(Settings.Key.CONTACT)));
        if (part != null) {
            made.put(
                    "federationOptions",
                    FederationOptions.site(options.location().data(), part.id(), part.name(), part.link()));
        }
        return Listening.start(
                part == null ? ServerConfiguration.class : FederatedServerConfiguration.class,
                options.door(),
                part == null ? "site" : part.id().value(),
                made);
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
        tables.close();
        site.close();
    }

    /** An object of the running server, for those who put servers together. */
    <T> T bean(Class<T> type) {
        return listening.context().getBean(type);
    }
}
