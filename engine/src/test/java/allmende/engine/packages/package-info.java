/** Installing packages: good, damaged and hostile ones, versions side by side. */
@NullMarked
package allmende.engine.packages;

import org.jspecify.annotations.NullMarked;
