/**
 * Extractions at a site: jobs that survive restarts, and the door {@code POST /fhir/$extract-data} with its tasks.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity", "audit", "fhirapi"})
package allmende.app.extraction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
