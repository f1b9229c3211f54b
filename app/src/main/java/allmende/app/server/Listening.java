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
     * Starts a context.
     *
     * @param party short name, told apart from the other parties of this machine; letters, digits, dots and hyphens
     * @param made objects that the context needs and does not make itself, by bean name; it does not close them
     * @throws SiteUnavailable if the address can't be listened on, or the key store can't be used
     */
    static Listening start(Class<?> configuration, Door door, String party, Map<String, Object> made) {
        if (door.tls() != null) {
            door.tls().check();
        }
        try {
            ConfigurableApplicationContext context = new SpringApplicationBuilder(configuration)
                    .web(WebApplicationType.SERVLET)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .properties(properties(door, party))
                    .initializers(fresh -> made.forEach(fresh.getBeanFactory()::registerSingleton))
                    .run();
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            return new Listening(
                    context, (door.tls() == null ? "http://" : "https://") + host(door.bind()) + ":" + port);
        } catch (RuntimeException e) {
            throw explained(e, door);
        }
    }

    private static Map<String, Object> properties(Door door, String party) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", door.bind());
        properties.put("server.port", door.port());
        // Browsers send cookies to every port of a host: parties of one machine need names of their own.
        properties.put("server.servlet.session.cookie.name", "allmende-" + party);
        Door.Tls tls = door.tls();
        if (tls != null) {
            properties.put("server.ssl.key-store", tls.keyStore().toUri().toString());
            properties.put("server.ssl.key-store-type", "PKCS12");
            properties.put("server.ssl.key-store-password", tls.password());
            properties.put("server.http2.enabled", true);
            properties.put("server.servlet.session.cookie.secure", true);
        }
        return properties;
    }

    /** The address by which commands of this machine reach the party. */
    private static String host(String bind) {
        return switch (bind) {
            case "0.0.0.0", "::" -> Door.LOOPBACK;
            default -> bind.contains(":") ? "[" + bind + "]" : bind;
        };
    }

    private static RuntimeException explained(RuntimeException failure, Door door) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return new SiteUnavailable(
                        "The port " + door.port() + " is in use.",
                        "Choose another one with --port, or stop what listens there.");
            }
            if (cause instanceof java.net.BindException) {
                return new SiteUnavailable(
                        "The address " + door.bind() + " can't be listened on.",
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
