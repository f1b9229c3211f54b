/** De-identification at a site: the rule sets of its projects, their keys, and the door {@code POST /fhir/$de-identify}. */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "keys", "fhirapi", "identity", "audit", "pseudonyms"})
package allmende.app.deident;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
