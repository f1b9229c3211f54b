/**
 * The only room in which HAPI FHIR is visible: snapshots of profiles, validation of resources, the XML form. Nothing of
 * HAPI is loaded before the first use.
 */
@NullMarked
package allmende.hapi;

import org.jspecify.annotations.NullMarked;
