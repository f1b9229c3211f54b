/**
 * The researcher's pages: the questions, the cohort editor, asking the sites, the results.
 */
@NullMarked
@ApplicationModule
package allmende.app.workbench;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
