/**
 * A site's release desk: what leaves passes here, is charged to a privacy budget and entered in a ledger; and the statistics
 * that the site publishes.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site"})
package allmende.app.release;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
