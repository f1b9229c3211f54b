/** Tests of data selections. */
@NullMarked
package allmende.core.extraction;

import org.jspecify.annotations.NullMarked;
