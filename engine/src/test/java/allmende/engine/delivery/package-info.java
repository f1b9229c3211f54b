/** Tests of deliveries, with real reading of what is written. */
@NullMarked
package allmende.engine.delivery;

import org.jspecify.annotations.NullMarked;
