/** The words of the federation. */
@NullMarked
package allmende.app.federation;

import org.jspecify.annotations.NullMarked;
