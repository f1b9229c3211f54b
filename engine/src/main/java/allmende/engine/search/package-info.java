/** FHIR search: which resources of a type meet the parameters of a query, as of a snapshot. */
@NullMarked
package allmende.engine.search;

import org.jspecify.annotations.NullMarked;
