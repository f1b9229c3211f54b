/** FHIR packages that an operator installs: profiles, value sets, code systems and search parameters, by version. */
@NullMarked
package allmende.engine.packages;

import org.jspecify.annotations.NullMarked;
