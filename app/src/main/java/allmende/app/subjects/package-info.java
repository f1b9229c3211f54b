/**
 * What a patient may ask of a site (article 15 GDPR): what is held, what is permitted, who accessed it, and who got it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity", "audit", "projects"})
package allmende.app.subjects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
