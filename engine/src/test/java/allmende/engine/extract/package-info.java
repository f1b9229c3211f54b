/** Tests of extraction. */
@NullMarked
package allmende.engine.extract;

import org.jspecify.annotations.NullMarked;
