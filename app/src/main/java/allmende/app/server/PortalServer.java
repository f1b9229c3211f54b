package allmende.app.server;

import allmende.app.administration.DemoGuide;
import allmende.app.concepts.ConceptsConfiguration;
import allmende.app.federation.FederationOptions;
import allmende.app.federation.Hub;
import allmende.app.federation.PartyId;
import allmende.app.identity.Access;
import allmende.app.identity.LocalToken;
import allmende.app.identity.LocalUsers;
import allmende.app.identity.OidcProvider;
import allmende.app.identity.Party;
import allmende.app.site.DataFolder;
import allmende.app.site.Settings;
import allmende.app.site.SiteData;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A research data portal that listens. */
public final class PortalServer implements AutoCloseable {

    private static final List<String> SCHEMAS = List.of("federation", "portal", "concepts");

    private final Listening listening;
    private final OpenTables tables;

    private PortalServer(Listening listening, OpenTables tables) {
        this.listening = listening;
        this.tables = tables;
    }

    /**
     * Opens the portal's database and starts the server; returns when it listens.
     *
     * @throws allmende.app.site.SiteUnavailable if the folder or the address can't be used
     * @throws allmende.engine.store.StoreUnavailable if the database can't be used
     */
    public static PortalServer start(PortalOptions options) {
        return start(options, () -> SiteData.Rules.load(options.location()), null);
    }

    /**
     * The same.
     *
     * @param rules what can be asked; parties of one process share it
     * @param guide what a demo tells its visitors; null where it is none
     */
    static PortalServer start(PortalOptions options, Supplier<SiteData.Rules> rules, @Nullable DemoGuide guide) {
        DataFolder.prepare(options.location().data());
        OpenTables tables = OpenTables.of(options.location(), SCHEMAS);
        try {
            Map<String, Object> made = tables.beans();
            made.put("portalOptions", options);
            made.put("storeLocation", options.location().store());
            made.put(
                    "federationOptions",
                    FederationOptions.portal(options.location().data(), new PartyId("portal"), options.name()));
            made.put(
                    "party",
                    new Party(
                            Party.Kind.PORTAL,
                            options.name(),
                            options.settings().get(Settings.Key.CONTACT)));
            OidcProvider provider = LoginProvider.of(options.location(), options.settings());
            if (provider != null) {
                made.put("oidcProvider", provider);
            }
            if (guide != null) {
                made.put("demoGuide", guide);
            }
            made.put("catalogue", rules.get().catalogue());
            made.put("terminology", rules.get().terminology());
            made.put(
                    "conceptsFolder",
                    new ConceptsConfiguration.ConceptsFolder(
                            options.location().data().resolve("concepts")));
            made.put("access", Access.LOGIN);
            made.put("localToken", LocalToken.fresh());
            made.put("localUsers", new LocalUsers(options.location().users()));
            Listening listening = Listening.start(PortalServerConfiguration.class, options.door(), "portal", made);
            return new PortalServer(listening, tables);
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    /** Where the portal is reached from this machine. */
    public String url() {
        return listening.url();
    }

    /** Short form of the portal's key, which the engineers of sites compare. */
    public String fingerprint() {
        return bean(Hub.class).fingerprint();
    }

    /** An object of the running server, for those who put servers together. */
    <T> T bean(Class<T> type) {
        return listening.context().getBean(type);
    }

    @Override
    public void close() {
        listening.close();
        tables.close();
    }
}
