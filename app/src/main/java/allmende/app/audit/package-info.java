/**
 * Who did what to which object, when: an append-only record whose entries are chained by hashes, and the tables of people
 * in which it is kept.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package allmende.app.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
