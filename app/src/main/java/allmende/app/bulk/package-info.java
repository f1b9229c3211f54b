/**
 * Data in bulk, for callers who may: {@code $export} of resources and of tables as jobs that go on after a restart, and
 * {@code $run} of a view definition, streamed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity", "audit", "fhirapi"})
package allmende.app.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
