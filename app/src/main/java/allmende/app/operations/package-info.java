/**
 * What a running site does for commands on the same machine: state of the index, rebuild, erasure.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "feasibility", "audit"})
package allmende.app.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
