/** The door of de-identification, over a running site. */
@NullMarked
package allmende.app.deident;

import org.jspecify.annotations.NullMarked;
