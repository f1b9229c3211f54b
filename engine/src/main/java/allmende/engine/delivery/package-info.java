/**
 * Deliveries: what an extraction yields as a folder that explains itself, in the formats that researchers use, and what its
 * recipient needs: a check, and a sealed container that only the recipient opens.
 */
@NullMarked
package allmende.engine.delivery;

import org.jspecify.annotations.NullMarked;
