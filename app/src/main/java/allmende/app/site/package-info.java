/**
 * The parts of a site put together over its data folder: store, index, counter, catalogue, terminology; opening, life and end.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package allmende.app.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
