/** Tests of the index: what it keeps, how it follows, that it survives. */
@NullMarked
package allmende.engine.index;

import org.jspecify.annotations.NullMarked;
