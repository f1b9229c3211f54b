/**
 * What data is wanted of a cohort: the editor for it, files in and out, and the doors for programs.
 */
@NullMarked
@ApplicationModule
package allmende.app.selection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
