/**
 * What researchers work on: questions with their versions, asking the sites, and the sites' answers.
 */
@NullMarked
@ApplicationModule
package allmende.app.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
