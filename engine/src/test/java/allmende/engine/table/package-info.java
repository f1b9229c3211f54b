/** Tables, written and read back. */
@NullMarked
package allmende.engine.table;

import org.jspecify.annotations.NullMarked;
