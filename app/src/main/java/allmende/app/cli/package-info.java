/**
 * The command line: what a person types and reads. Prints, asks the other modules to do the work, sets the exit code.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "site",
            "consent",
            "quality",
            "operations",
            "pseudonyms",
            "server",
            "identity",
            "audit",
            "keys",
            "feasibility",
            "federation",
            "projects",
            "deident",
            "extraction"
        })
package allmende.app.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
