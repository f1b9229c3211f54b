/** The site's secrets: a PKCS#12 key store in the data folder, from which the keys of projects and services follow. */
@NullMarked
@ApplicationModule(allowedDependencies = {"site"})
package allmende.app.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
