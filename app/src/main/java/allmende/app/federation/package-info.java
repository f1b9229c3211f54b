/**
 * Messages between a portal and its sites: who is who, questions out, answers and publications back, each exactly once.
 * {@link allmende.app.federation.Hub} is a portal's side, {@link allmende.app.federation.Outpost} a site's.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package allmende.app.federation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
