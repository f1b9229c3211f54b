/** Estimates of counts from what sites have published beforehand, without asking them. */
@NullMarked
package allmende.core.estimate;

import org.jspecify.annotations.NullMarked;
