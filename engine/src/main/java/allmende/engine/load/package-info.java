/** Files and bundles into the store: what can be read is stored, what can't is quarantined with its reason. */
@NullMarked
package allmende.engine.load;

import org.jspecify.annotations.NullMarked;
