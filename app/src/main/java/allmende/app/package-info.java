/** The doors of a site: commands, HTTP and pages. Each sub-package is a module; a test verifies their borders. */
@NullMarked
package allmende.app;

import org.jspecify.annotations.NullMarked;
