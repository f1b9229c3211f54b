/**
 * The FHIR R4 door of a site under {@code /fhir}: reading, writing, transactions, and how errors are told. Bytes go from
 * the store to the caller without being parsed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity", "audit"})
package allmende.app.fhirapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
