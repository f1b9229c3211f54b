package allmende.app.server;

import allmende.app.site.SiteUnavailable;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring context that listens on an address; one per party, several in one process where wanted. */
record Listening(ConfigurableApplicationContext context, String url) implements AutoCloseable {

    /**
     * Where to listen and under which name.
     *
     * @param bind address to listen on
     * @param port port to listen on; 0 for any free one
     * @param party short name, told apart from the other parties of this machine; letters, digits and hyphens
     */
    record Address(String bind, int port, String party) {}

    /**
     * Starts a context.
     *
     * @param made objects that the context needs and does not make itself, by bean name; it does not close them
     * @throws SiteUnavailable if the address can't be listened on
     */
    static Listening start(Class<?> configuration, Address address, Map<String, Object> made) {
        try {
            ConfigurableApplicationContext context = new SpringApplicationBuilder(configuration)
                    .web(WebApplicationType.SERVLET)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .properties(properties(address))
                    .initializers(fresh -> made.forEach(fresh.getBeanFactory()::registerSingleton))
                    .run();
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            return new Listening(context, "http://" + host(address.bind()) + ":" + port);
        } catch (RuntimeException e) {
            throw explained(e, address);
        }
    }

    private static Map<String, Object> properties(Address address) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", address.bind());
        properties.put("server.port", address.port());
        // Browsers send cookies to every port of a host: parties of one machine need names of their own.
        properties.put("server.servlet.session.cookie.name", "allmende-" + address.party());
        return properties;
    }

    /** The address by which commands of this machine reach the party. */
    private static String host(String bind) {
        return switch (bind) {
            case "0.0.0.0", "::" -> ServerOptions.LOOPBACK;
            default -> bind.contains(":") ? "[" + bind + "]" : bind;
        };
    }

    private static RuntimeException explained(RuntimeException failure, Address address) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return new SiteUnavailable(
                        "The port " + address.port() + " is in use.",
                        "Choose another one with --port, or stop what listens there.");
            }
            if (cause instanceof java.net.BindException) {
                return new SiteUnavailable(
                        "The address " + address.bind() + " can't be listened on.",
                        "Choose an address of this machine with --bind.");
            }
        }
        return failure;
    }

    @Override
    public void close() {
        context.close();
    }
}
