/** Bytes of JSON written straight into a buffer, and German local time in FHIR's spelling. */
@NullMarked
package allmende.synth.json;

import org.jspecify.annotations.NullMarked;
