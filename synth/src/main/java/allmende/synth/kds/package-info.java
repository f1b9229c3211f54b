/** The course of a patient as FHIR resources of the core data set (Kerndatensatz). */
@NullMarked
package allmende.synth.kds;

import org.jspecify.annotations.NullMarked;
