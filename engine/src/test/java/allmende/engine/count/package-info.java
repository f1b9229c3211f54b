/** Tests of counting: funnels, notes, numbers in other units. */
@NullMarked
package allmende.engine.count;

import org.jspecify.annotations.NullMarked;
