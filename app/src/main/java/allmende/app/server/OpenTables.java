package allmende.app.server;

import allmende.app.site.SiteLocation;
import allmende.engine.store.SideTables;
import allmende.engine.store.Stores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a party's doors, open; each schema by its name. */
record OpenTables(Map<String, SideTables> bySchema) implements AutoCloseable {

    /**
     * Opens them, making what is missing.
     *
     * @throws allmende.engine.store.StoreUnavailable if the database can't be used; nothing stays open then
     */
    static OpenTables of(SiteLocation location, List<String> schemas) {
        OpenTables tables = new OpenTables(new LinkedHashMap<>());
        try {
            for (String schema : schemas) {
                tables.bySchema.put(
                        schema, Stores.openBeside(location.store(), schema, "allmende/" + schema + "/migration"));
            }
            return tables;
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    /** As beans: the tables of a schema {@code x} are called {@code xTables}. */
    Map<String, Object> beans() {
        Map<String, Object> beans = new LinkedHashMap<>();
        bySchema.forEach((schema, tables) -> beans.put(schema + "Tables", tables));
        return beans;
    }

    @Override
    public void close() {
        bySchema.values().forEach(SideTables::close);
    }
}
