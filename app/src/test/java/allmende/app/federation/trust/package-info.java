/** Who is believed, and what is not. */
@NullMarked
package allmende.app.federation.trust;

import org.jspecify.annotations.NullMarked;
