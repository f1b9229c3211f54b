/**
 * The synthetic hospital: German, conformant to the core data set, deterministic by seed, any size, streamed. This
 * package is the door; persons, diseases, courses and their FHIR form are in the packages below.
 */
@NullMarked
package allmende.synth;

import org.jspecify.annotations.NullMarked;
