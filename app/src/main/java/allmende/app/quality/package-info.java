/**
 * How good a site's data is: validation in the background, checks by rules that are declared in files, reports over time.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity"})
package allmende.app.quality;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
