/**
 * Who may come in and what they may do: accounts and roles at a portal, local users at a site, login, sessions, lock-out,
 * teams, the token of this machine's own commands, security headers.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"site", "audit"})
package allmende.app.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
