package allmende.app.server;

import allmende.app.identity.Access;
import allmende.app.identity.LocalToken;
import allmende.app.identity.LocalUsers;
import allmende.app.site.DataFolder;
import allmende.engine.store.SideTables;
import allmende.engine.store.Stores;
import java.util.LinkedHashMap;
import java.util.Map;

/** A research data portal that listens. */
public final class PortalServer implements AutoCloseable {

    /** Schemas of a portal's database; the bean with its tables is called {@code SCHEMATables}. */
    private static final String[] SCHEMAS = {};

    private final Listening listening;
    private final Map<String, SideTables> tables;

    private PortalServer(Listening listening, Map<String, SideTables> tables) {
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
        DataFolder.prepare(options.location().data());
        Map<String, SideTables> tables = new LinkedHashMap<>();
        try {
            Map<String, Object> made = new LinkedHashMap<>();
            for (String schema : SCHEMAS) {
                SideTables opened =
                        Stores.openBeside(options.location().store(), schema, "allmende/" + schema + "/migration");
                tables.put(schema, opened);
                made.put(schema + "Tables", opened);
            }
            made.put("portalOptions", options);
            made.put("storeLocation", options.location().store());
            made.put("access", Access.LOGIN);
            made.put("localToken", LocalToken.fresh());
            made.put("localUsers", new LocalUsers(options.location().users()));
            Listening listening = Listening.start(
                    PortalServerConfiguration.class,
                    new Listening.Address(options.bind(), options.port(), "portal"),
                    made);
            return new PortalServer(listening, tables);
        } catch (RuntimeException e) {
            tables.values().forEach(SideTables::close);
            throw e;
        }
    }

    /** Where the portal is reached from this machine. */
    public String url() {
        return listening.url();
    }

    @Override
    public void close() {
        listening.close();
        tables.values().forEach(SideTables::close);
    }
}
