/** Tables from FHIR data: view definitions of SQL on FHIR v2, compiled once and run over resources one by one. */
@NullMarked
package allmende.core.view;

import org.jspecify.annotations.NullMarked;
