package allmende.app.server;

import allmende.app.feasibility.Limits;
import allmende.app.identity.Access;
import allmende.app.identity.LocalToken;
import allmende.app.identity.LocalUsers;
import allmende.app.operations.RunFile;
import allmende.app.site.Site;
import allmende.app.site.SiteLocation;
import allmende.app.site.SiteUnavailable;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** A site that listens: the HTTP server and the data behind it. */
public final class SiteServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SiteServer.class);

    private final ConfigurableApplicationContext context;
    private final Site site;
    private final SiteLocation location;
    private final RunFile runFile;

    private SiteServer(ConfigurableApplicationContext context, Site site, SiteLocation location, RunFile runFile) {
        this.context = context;
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
        ConfigurableApplicationContext context = null;
        try {
            context = run(options, site, token);
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            RunFile runFile = new RunFile(
                    ProcessHandle.current().pid(), "http://" + address(options) + ":" + port, token.value());
            runFile.write(options.location());
            if (options.access() == Access.OPEN) {
                LOG.warn("OPEN: everybody on this machine can ask this site without logging in. Start without --open to"
                        + " require a login.");
            }
            return new SiteServer(context, site, options.location(), runFile);
        } catch (RuntimeException e) {
            if (context != null) {
                context.close();
            }
            site.close();
            throw explained(e, options);
        }
    }

    private static ConfigurableApplicationContext run(ServerOptions options, Site site, LocalToken token) {
        return new SpringApplicationBuilder(ServerConfiguration.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(properties(options))
                .initializers(fresh -> {
                    ConfigurableListableBeanFactory beans = fresh.getBeanFactory();
                    beans.registerSingleton("site", site);
                    beans.registerSingleton("access", options.access());
                    beans.registerSingleton("localToken", token);
                    beans.registerSingleton(
                            "localUsers", new LocalUsers(options.location().users()));
                    beans.registerSingleton("limits", Limits.SITE);
                })
                .run();
    }

    private static Map<String, Object> properties(ServerOptions options) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", options.bind());
        properties.put("server.port", options.port());
        return properties;
    }

    /** The address by which commands of this machine reach the site. */
    private static String address(ServerOptions options) {
        return switch (options.bind()) {
            case "0.0.0.0", "::" -> ServerOptions.LOOPBACK;
            default -> options.bind().contains(":") ? "[" + options.bind() + "]" : options.bind();
        };
    }

    private static RuntimeException explained(RuntimeException failure, ServerOptions options) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return new SiteUnavailable(
                        "The port " + options.port() + " is in use.",
                        "Choose another one with --port, or stop what listens there.");
            }
            if (cause instanceof java.net.BindException) {
                return new SiteUnavailable(
                        "The address " + options.bind() + " can't be listened on.",
                        "Choose an address of this machine with --bind.");
            }
        }
        return failure;
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
        context.close();
        site.close();
    }
}
