/** Tests of a portal's side. */
@NullMarked
package allmende.app.federation.hub;

import org.jspecify.annotations.NullMarked;
