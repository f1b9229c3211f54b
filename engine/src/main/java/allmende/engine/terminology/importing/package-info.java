/**
 * Imports code systems from the files in which their publishers give them out: LOINC, SNOMED CT, ICD-10-GM and OPS. Files
 * are read as streams; a code system is imported whole or not at all.
 */
@NullMarked
package allmende.engine.terminology.importing;

import org.jspecify.annotations.NullMarked;
