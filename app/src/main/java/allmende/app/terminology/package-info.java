/**
 * The doors of terminology under {@code /fhir}: what a code means, whether it is right, what is above it, what a value set
 * holds, and what a code is called elsewhere.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "fhirapi"})
package allmende.app.terminology;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
