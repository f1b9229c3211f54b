/**
 * The pages: what is loaded, ready questions, one's own query. Work without JavaScript; German and English.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "feasibility", "identity"})
package allmende.app.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
