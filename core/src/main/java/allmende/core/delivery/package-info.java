/**
 * What a delivery's tables look like: views of SQL on FHIR derived from the groups of a CRTDL and from what is known of the
 * profiles' elements, with the meaning of every column. Pure.
 */
@NullMarked
package allmende.core.delivery;

import org.jspecify.annotations.NullMarked;
