/**
 * Data use projects: requested, checked, built, approved by two people, delivered, watched; the register of what went where, and
 * what follows when a patient withdraws.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "identity", "audit", "keys", "deident", "extraction"})
package allmende.app.projects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
