/**
 * The Clinical Cohort Definition Language (CCDL): queries, the catalogue of criteria, what a resource says about each
 * criterion, and the funnel. Pure: the same rules count, extract and alert.
 */
@NullMarked
package allmende.core.cohort;

import org.jspecify.annotations.NullMarked;
