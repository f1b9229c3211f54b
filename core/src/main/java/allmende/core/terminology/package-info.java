/** Code systems, their hierarchies as number intervals, and units of measure. */
@NullMarked
package allmende.core.terminology;

import org.jspecify.annotations.NullMarked;
