/** Proves the operations on codes, by cases and against plain walks over small hierarchies. */
@NullMarked
package allmende.core.terminology.operation;

import org.jspecify.annotations.NullMarked;
