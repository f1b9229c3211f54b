/**
 * The trust centre's part of a site: pseudonym domains, pseudonyms and their originals in a database apart from all others,
 * resolving by two people, the doors for programs and the pages.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity", "audit", "fhirapi", "keys", "operations"})
package allmende.app.pseudonyms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
