/**
 * The two ways to put a party together: as a portal and as a site.
 */
@NullMarked
@NamedInterface(name = "setup")
package allmende.app.federation.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
