/** An external FHIR terminology server: asked about codes of systems that are not installed here. */
@NullMarked
package allmende.engine.terminology.remote;

import org.jspecify.annotations.NullMarked;
