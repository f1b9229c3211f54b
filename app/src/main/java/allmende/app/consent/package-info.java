/** Consent at a site: what a patient permits and why, and how many permit what. */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity", "audit"})
package allmende.app.consent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
