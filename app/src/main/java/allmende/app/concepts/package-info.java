/**
 * Finding concepts by words and codes: one embedded full-text index over all that the catalogue's contexts may ask for,
 * ranked by how often sites have it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package allmende.app.concepts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
