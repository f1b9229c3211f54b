/**
 * Starts and stops the HTTP server of a site with exactly the modules it needs.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity", "audit", "feasibility", "operations", "web"})
package allmende.app.server;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
