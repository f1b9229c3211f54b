/** Consent at a site: what a patient permits and why, and how many permit what. */
@NullMarked
package allmende.app.consent;

import org.jspecify.annotations.NullMarked;
