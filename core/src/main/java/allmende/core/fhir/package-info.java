/** FHIR R4 resources as JSON: keys, codings, references, partial dates as intervals, quantities. */
@NullMarked
package allmende.core.fhir;

import org.jspecify.annotations.NullMarked;
