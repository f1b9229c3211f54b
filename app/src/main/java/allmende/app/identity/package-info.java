/**
 * Who may come in: local users, the token of this machine's own commands, login, security headers.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site"})
package allmende.app.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
