/** Which rooms of the module may know which. */
@NullMarked
package allmende.architecture;

import org.jspecify.annotations.NullMarked;
