/** Requests by chance at the FHIR door of a running site: whatever is sent, it answers, refuses with reasons, and stays whole. */
@NullMarked
package allmende.app.fhirapi.fuzz;

import org.jspecify.annotations.NullMarked;
