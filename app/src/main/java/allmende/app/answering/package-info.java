/**
 * A site's answers to a portal: counts a question that came over the federation, lets the release desk decide what may be
 * told, and publishes the site's statistics.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "audit", "feasibility", "federation", "release"})
package allmende.app.answering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
