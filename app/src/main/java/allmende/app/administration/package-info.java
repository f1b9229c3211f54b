/**
 * The pages about people and parties: start and registration, account and team, the coordination office, the
 * administrator, the staff of a site.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"identity", "audit", "federation"})
package allmende.app.administration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
