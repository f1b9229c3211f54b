/**
 * The store: PostgreSQL, embedded or external. Transactions numbered {@code t}, versions, the change feed, quarantine,
 * erasure. Knows nothing of the index.
 */
@NullMarked
package allmende.engine.store;

import org.jspecify.annotations.NullMarked;
