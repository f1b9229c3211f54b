package allmende.engine.store;

import java.util.regex.Pattern;

/**
 * Tables that are kept apart from all others: a schema, and a role of the database's that reads and writes it and nothing
 * else.
 *
 * @param schema name of the schema, in lower-case letters and underscores
 * @param migrations place of the migrations on the class path, without a leading slash
 * @param role name of the role, in lower-case letters and underscores
 */
public record Apart(String schema, String migrations, String role) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,62}");

    /** Refuses names that would have to be quoted. */
    public Apart {
        if (!NAME.matcher(schema).matches() || !NAME.matcher(role).matches()) {
            throw new IllegalArgumentException("not a name for a schema or a role");
        }
    }
}
