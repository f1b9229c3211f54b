/** Passwords, waits and sessions. */
@NullMarked
package allmende.app.identity;

import org.jspecify.annotations.NullMarked;
