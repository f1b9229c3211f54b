package allmende.app.server;

import allmende.app.audit.AccessLogUnavailable;
import allmende.app.audit.FileAccessLog;
import allmende.app.feasibility.Limits;
import allmende.app.federation.FederationOptions;
import allmende.app.identity.Access;
import allmende.app.identity.Clients;
import allmende.app.identity.LocalToken;
import allmende.app.identity.LocalUsers;
import allmende.app.identity.OidcProvider;
import allmende.app.identity.Party;
import allmende.app.identity.SiteAddress;
import allmende.app.operations.RunFile;
import allmende.app.site.Settings;
import allmende.app.site.Site;
import allmende.app.site.SiteLocation;
import allmende.app.site.SiteUnavailable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A site that listens: the HTTP server and the data behind it. */
public final class SiteServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SiteServer.class);

    /** Schemas of the doors of a site that takes part in a federation. */
    private static final List<String> FEDERATED_SCHEMAS = List.of("quality", "projects", "federation", "release");

    /** Schemas of the doors of a site of its own. */
    private static final List<String> SCHEMAS = List.of("quality", "projects");

    private final Parts parts;
    private final Listening listening;
    private final SiteLocation location;
    private final RunFile runFile;

    private SiteServer(Parts parts, Listening listening, ServerOptions options, RunFile runFile) {
        this.parts = parts;
        this.listening = listening;
        this.location = options.location();
        this.runFile = runFile;
    }

    /** What the server stands on; it outlives the server. */
    private record Parts(Site site, LocalToken token, OpenTables tables, FileAccessLog accesses)
            implements AutoCloseable {

        @Override
        public void close() {
            tables.close();
            accesses.close();
            site.close();
        }
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
        Parts parts = parts(options);
        Listening listening = null;
        try {
            listening = listen(options, parts);
            RunFile runFile = new RunFile(
                    ProcessHandle.current().pid(),
                    listening.url(),
                    parts.token().value());
            runFile.write(options.location());
            if (options.access() == Access.OPEN) {
                LOG.warn("OPEN: everybody on this machine can ask this site without logging in. Start without --open to"
                        + " require a login.");
            }
            return new SiteServer(parts, listening, options, runFile);
        } catch (RuntimeException e) {
            if (listening != null) {
                listening.close();
            }
            parts.close();
            throw e;
        }
    }

    private static Parts parts(ServerOptions options) {
        Site site = new Site(options.location(), options.rules());
        site.start();
        FileAccessLog accesses = null;
        try {
            accesses = accesses(options);
            OpenTables tables =
                    OpenTables.of(options.location(), options.federated() == null ? SCHEMAS : FEDERATED_SCHEMAS);
            return new Parts(site, LocalToken.fresh(), tables, accesses);
        } catch (RuntimeException e) {
            if (accesses != null) {
                accesses.close();
            }
            site.close();
            throw e;
        }
    }

    private static FileAccessLog accesses(ServerOptions options) {
        try {
            return FileAccessLog.open(options.location().audit(), name(options), InstantSource.system());
        } catch (AccessLogUnavailable e) {
            throw new SiteUnavailable(
                    String.valueOf(e.getMessage()),
                    "Without it no patient data may be given out. See that the folder is there for the site alone and"
                            + " that the disk has room.");
        }
    }

    private static String name(ServerOptions options) {
        Federated part = options.federated();
        return part == null ? Settings.read(options.location().data()).get(Settings.Key.NAME, "") : part.name();
    }

    private static Listening listen(ServerOptions options, Parts parts) {
        Map<String, Object> made = parts.tables().beans();
        made.put("site", parts.site());
        made.put("storeLocation", options.location().store());
        made.put("access", options.access());
        made.put("localToken", parts.token());
        made.put("accessLog", parts.accesses());
        made.put("localUsers", new LocalUsers(options.location().users()));
        made.put("clients", new Clients(options.location().clients()));
        made.put("limits", Limits.SITE);
        Federated part = options.federated();
        Settings settings = Settings.read(options.location().data());
        made.put("siteAddress", SiteAddress.of(settings.get(Settings.Key.URL)));
        OidcProvider provider = LoginProvider.of(options.location(), settings);
        if (provider != null) {
            made.put("oidcProvider", provider);
        }
        made.put("party", new Party(Party.Kind.SITE, name(options), settings.get(Settings.Key.CONTACT)));
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
        return parts.site();
    }

    /** The secret of this run, for commands of this machine. */
    public String token() {
        return runFile.token();
    }

    @Override
    public void close() {
        runFile.remove(location);
        listening.close();
        parts.close();
    }

    /** An object of the running server, for those who put servers together. */
    <T> T bean(Class<T> type) {
        return listening.context().getBean(type);
    }
}
