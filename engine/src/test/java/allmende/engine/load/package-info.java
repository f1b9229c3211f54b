/** Loads good and bad files, whole and interrupted, alone and together, and counts what became of them. */
@NullMarked
package allmende.engine.load;

import org.jspecify.annotations.NullMarked;
