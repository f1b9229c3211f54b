/**
 * The index: DuckDB. Facts ready for counting, built from the store's change feed, rebuildable at any time. It notes the
 * {@code t} that it has reached in the same transaction as the facts.
 */
@NullMarked
package allmende.engine.index;

import org.jspecify.annotations.NullMarked;
