/** Tests of the package of the same name. */
@NullMarked
package allmende.app.workbench;

import org.jspecify.annotations.NullMarked;
