/** Tests of the views that a delivery's tables follow. */
@NullMarked
package allmende.core.delivery;

import org.jspecify.annotations.NullMarked;
