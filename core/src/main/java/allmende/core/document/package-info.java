/**
 * Query and data selection documents as people exchange them (CCDL, CRTDL): read in every version, edited and written
 * without losing what this program does not know. docs/implementation/documents.md says how.
 */
@NullMarked
package allmende.core.document;

import org.jspecify.annotations.NullMarked;
