/**
 * How easily the people behind rows of a data set could be found again: sizes of the classes of people who look alike,
 * variety of what is sensitive in each, and which rows to leave out. Counts only; holds no rows.
 */
@NullMarked
package allmende.core.deident.risk;

import org.jspecify.annotations.NullMarked;
