/**
 * Counting over HTTP: the endpoints that existing middleware knows, and the one that also tells the funnel.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site"})
package allmende.app.feasibility;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
