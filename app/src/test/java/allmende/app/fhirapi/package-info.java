/** The FHIR door, asked over HTTP. */
@NullMarked
package allmende.app.fhirapi;

import org.jspecify.annotations.NullMarked;
